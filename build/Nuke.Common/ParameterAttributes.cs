namespace Nuke.Common;

/// <summary>Marks a parameter that must have a value, whatever target runs.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public class RequiredAttribute : Attribute;

/// <summary>Marks a parameter whose wrong value is not worth a warning.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public class OptionalAttribute : Attribute;

/// <summary>Marks a parameter whose value in a parameter file is encrypted. It is not masked in any output.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public class SecretAttribute : Attribute;

/// <summary>Puts a prefix before the names of a component's parameters.</summary>
/// <param name="prefix">The prefix, <c>Cloud</c> for <c>--cloud-zone</c>.</param>
[AttributeUsage(AttributeTargets.Interface, Inherited = false)]
public class ParameterPrefixAttribute(string prefix) : Attribute
{
    /// <summary>The prefix.</summary>
    public string Prefix { get; } = prefix;
}
