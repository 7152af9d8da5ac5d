using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Nuke.Common.ValueInjection;

namespace Nuke.Common.Parameters;

/// <summary>The values of this process's parameters.</summary>
internal static class ParameterValues
{
    // What a component's member was given; it is asked on each access.
    private static readonly ConcurrentDictionary<MemberInfo, object> Given = new();

    public static ParameterSources Sources { get; } = new(EnvironmentInfo.CommandLine, () => EnvironmentInfo.Variables);

    /// <summary>The value of a parameter by its name.</summary>
    public static T? Get<T>(string name, char? separator = null) => (T?)Sources.Get(name, new ValueShape(typeof(T), separator));

    /// <summary>The value of the member that the expression reads; a value that cannot be converted warns and is null.</summary>
    public static T? Get<T>(LambdaExpression expression)
    {
        var access = expression.Body is UnaryExpression boxing ? boxing.Operand : expression.Body;
        var member = ((MemberExpression)access).Member;
        if (Given.TryGetValue(member, out var given))
            return (T)given;

        // The instance is a constant of the closure; boxing hides it, and NUKE does without it then.
        var instance = ((expression.Body as MemberExpression)?.Expression as ConstantExpression)?.Value;
        var attribute = member.GetCustomAttribute<ValueInjectionAttributeBase>().NotNull();
        attribute.Build = instance as INukeBuild;
        if (attribute.TryGetValue(member, instance) is not { } value)
            return default;

        Given[member] = value;
        return (T)value;
    }
}
