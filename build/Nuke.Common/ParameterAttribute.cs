using System.Reflection;
using Nuke.Common.Parameters;
using Nuke.Common.ValueInjection;

namespace Nuke.Common;

/// <summary>
/// Marks a member whose value comes from the command line, the environment or a parameter file. A field or property keeps
/// its initial value when nobody gave one; a component's property asks <see cref="INukeBuild.TryGetValue{T}(System.Linq.Expressions.Expression{System.Func{T}})"/>.
/// </summary>
/// <param name="description">What the parameter means, for the help.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public class ParameterAttribute(string? description = null) : ValueInjectionAttributeBase
{
    /// <summary>What the parameter means.</summary>
    public virtual string? Description { get; } = description;

    /// <summary>The name; the member's when null.</summary>
    public string? Name { get; set; }

    /// <summary>The character between the elements of an array that is given as one word.</summary>
    public string? Separator { get; set; }

    /// <summary>Whether the help lists the parameter.</summary>
    public virtual bool List { get; set; } = true;

    /// <summary>The type of <see cref="ValueProviderMember"/>; the build when null.</summary>
    public Type? ValueProviderType { get; set; }

    /// <summary>The member, an <c>IEnumerable&lt;string&gt;</c>, that lists the values to choose from.</summary>
    public string? ValueProviderMember { get; set; }

    /// <inheritdoc/>
    public override object? GetValue(MemberInfo member, object? instance)
    {
        var type = ValueConversion.Nullable(MemberAccess.TypeOf(member));
        return ParameterValues.Sources.Get(ParameterNames.Of(member), new ValueShape(type, Separator is [var separator, ..] ? separator : null));
    }
}
