using System.Reflection;
using Nuke.Common.Tooling;

namespace Nuke.Common.Parameters;

/// <summary>The values that a parameter can have, where they can be counted.</summary>
internal static class ParameterChoices
{
    private const BindingFlags Everything = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy;

    /// <summary>The values by name in order, or null when the type has no such set.</summary>
    public static IReadOnlyList<string>? Of(MemberInfo member, NukeBuild build)
    {
        var attribute = member.GetCustomAttribute<ParameterAttribute>().NotNull();
        var scalar = ScalarTypes.Of(MemberAccess.TypeOf(member));
        var names = attribute.ValueProviderMember is { } provider ? Provided(attribute.ValueProviderType ?? build.GetType(), provider, build)
            : scalar.IsSubclassOf(typeof(Enumeration)) ? scalar.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.Name)
            : scalar.IsEnum ? scalar.GetEnumNames()
            : null;
        return names?.Order().ToList();
    }

    private static IEnumerable<string> Provided(Type type, string member, NukeBuild build) =>
        MemberAccess.Get(type.GetMember(member, Everything).Single(), build) as IEnumerable<string>
        ?? throw new InvalidOperationException($"Value provider '{member}' must be of type 'IEnumerable<string>'");
}
