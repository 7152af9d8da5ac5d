namespace Nuke.Common;

/// <summary>
/// Marks a field or property whose value comes from the command line, the environment or a parameter file. It keeps its initial
/// value when nobody gave one.
/// </summary>
/// <param name="description">What the parameter means, for the help.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public class ParameterAttribute(string? description = null) : Attribute
{
    /// <summary>What the parameter means.</summary>
    public string? Description { get; } = description;

    /// <summary>The name; the member's when null.</summary>
    public string? Name { get; set; }

    /// <summary>The character between the elements of an array that is given as one word.</summary>
    public string? Separator { get; set; }

    /// <summary>The member of the build, an <c>IEnumerable&lt;string&gt;</c>, that lists the values to choose from.</summary>
    public string? ValueProviderMember { get; set; }
}

/// <summary>Marks a parameter whose value in a parameter file is encrypted. It is not masked in any output.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public class SecretAttribute : Attribute;
