using System.Reflection;

namespace Nuke.Common.Parameters;

/// <summary>The members of a build: its own, and those of its components that it does not implement itself.</summary>
internal static class BuildMembers
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private const BindingFlags InstanceAndStatic = Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    /// <summary>The properties that define targets, in the order of declaration; each name once.</summary>
    public static IReadOnlyList<PropertyInfo> Targets(Type buildType)
    {
        static bool IsTarget(MemberInfo member) =>
            member is PropertyInfo property
            && (property.PropertyType == typeof(Target) || property.PropertyType == typeof(Setup) || property.PropertyType == typeof(Cleanup));

        var (own, ofComponents) = Find(buildType, IsTarget, Instance);
        var ownNames = own.ToDictionary(member => member.Name, member => (PropertyInfo)member, StringComparer.Ordinal);
        var inherited = ofComponents.GroupBy(DisplayNames.Short, StringComparer.Ordinal).Select(same =>
        {
            Assert.True(
                !ownNames.ContainsKey(same.Key),
                $"Target '{same.Key}' of {same.First().DeclaringType!.Name} must be public in the build to override it");
            return MostDerived(same.Key, [.. same]);
        });
        return [.. own.Concat(inherited).Cast<PropertyInfo>()];
    }

    /// <summary>The parameters in the order of their names on the command line.</summary>
    public static IReadOnlyList<MemberInfo> Parameters(Type buildType) =>
        [.. With<ParameterAttribute>(buildType).Select(x => x.Member).OrderBy(ParameterNames.Of)];

    /// <summary>The members with an attribute, in the order of their names.</summary>
    public static IReadOnlyList<(MemberInfo Member, TAttribute Attribute)> With<TAttribute>(Type buildType)
        where TAttribute : Attribute
    {
        var (own, ofComponents) = Find(buildType, member => member.IsDefined(typeof(TAttribute)), InstanceAndStatic);
        return [.. own.Concat(ofComponents).OrderBy(member => member.Name).Select(member => (member, member.GetCustomAttribute<TAttribute>()!))];
    }

    private static (List<MemberInfo> Own, List<MemberInfo> OfComponents) Find(Type buildType, Func<MemberInfo, bool> filter, BindingFlags flags)
    {
        static IEnumerable<MemberInfo> MembersOf(Type type, BindingFlags flags) => type.GetProperties(flags).Concat<MemberInfo>(type.GetFields(flags));

        var ofComponents = buildType.GetInterfaces()
            .SelectMany(component => MembersOf(component, flags))
            .Where(member => filter(member) && buildType.GetMember(member.Name).Length == 0)
            .Select(member => Implementation(buildType, member))
            .Where(filter);
        return ([.. MembersOf(buildType, flags).Where(member => !member.Name.Contains('.', StringComparison.Ordinal) && filter(member))], [.. ofComponents]);
    }

    // What the build implements explicitly stands for what it implements.
    private static MemberInfo Implementation(Type buildType, MemberInfo member) =>
        buildType.GetMember($"{member.DeclaringType!.FullName!.Replace('+', '.')}.{member.Name}", Instance).SingleOrDefault() ?? member;

    private static MemberInfo MostDerived(string name, IReadOnlyList<MemberInfo> candidates) =>
        candidates.SingleOrDefault(candidate => candidates.All(other => other.DeclaringType!.IsAssignableFrom(candidate.DeclaringType)))
            .NotNull($"Target '{name}' must be implemented by the build because it is inherited from several components: "
                + string.Join(", ", candidates.Select(candidate => candidate.DeclaringType!.Name)));
}
