using Nuke.Common.ValueInjection;

namespace Nuke.Common.Parameters;

/// <summary>Writes values into the members of a build.</summary>
internal static class MemberInjection
{
    // The others of NukeBuild are read where they are needed.
    private static readonly string[] InjectedOfNukeBuild =
    [
        nameof(NukeBuild.Plan), nameof(NukeBuild.Help), nameof(NukeBuild.Continue), nameof(NukeBuild.NoLogo), nameof(NukeBuild.Verbosity),
        nameof(NukeBuild.Partition),
    ];

    /// <summary>Injects the members with such an attribute, base classes first. Members of components are asked when they are read.</summary>
    public static void Inject(NukeBuild build, Func<ValueInjectionAttributeBase, bool> filter)
    {
        var members = BuildMembers.With<ValueInjectionAttributeBase>(build.GetType())
            .Where(x => filter(x.Attribute) && !x.Member.ReflectedType!.IsInterface)
            .Where(x => x.Member.DeclaringType != typeof(NukeBuild) || InjectedOfNukeBuild.Contains(x.Member.Name))
            .OrderBy(x => Depth(x.Member.DeclaringType))
            .ThenByDescending(x => x.Attribute.Priority);
        foreach (var (member, attribute) in members)
        {
            attribute.Build = build;
            if (attribute.TryGetValue(member, build) is not { } value)
                continue;

            Assert.True(
                MemberAccess.TypeOf(member).IsInstanceOfType(value),
                $"Member '{member.Name}' must be of type '{value.GetType().Name}' to get its value from '{attribute.GetType().Name}'");
            MemberAccess.Set(member, build, value);
        }
    }

    private static int Depth(Type? type) => type is null ? 0 : 1 + Depth(type.BaseType);
}
