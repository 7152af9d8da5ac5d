using System.Reflection;
using Nuke.Common;
using Nuke.Common.CI.GitHubActions;

namespace CommandLine;

/// <summary>The parameters and targets of a build, read off its members as NUKE reads them.</summary>
/// <param name="Parameters">All parameters, ours and NUKE's.</param>
/// <param name="Targets">Names of all targets.</param>
internal sealed record Catalog(IReadOnlyList<KnownParameter> Parameters, IReadOnlyList<string> Targets)
{
    private const BindingFlags Members =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Names that NUKE gives to members whose parameter is called otherwise.</summary>
    private static readonly string[] Lists = ["Target", "Skip", "Profile"];

    /// <summary>The hosts that NUKE knows: looked for where one is named.</summary>
    private static readonly IEnumerable<string> Hosts = new[] { typeof(Host), typeof(GitHubActions) }
        .SelectMany(type => type.Assembly.GetExportedTypes())
        .Where(type => type.IsSubclassOf(typeof(Host)))
        .Select(type => type.Name)
        .Distinct()
        .Order(StringComparer.Ordinal);

    /// <summary>The parameter of that name, whatever its dashes and case; null when there is none.</summary>
    public KnownParameter? Find(string name)
    {
        var wanted = KnownParameter.Normalized(name);
        return Parameters.FirstOrDefault(parameter => KnownParameter.Normalized(parameter.Name) == wanted);
    }

    /// <summary>Reads a build class.</summary>
    public static Catalog Of(Type build)
    {
        var members = Hierarchy(build).SelectMany(type => type.GetMembers(Members)).ToList();
        var parameters = members
            .Select(member => (Member: member, Attribute: member.GetCustomAttribute<ParameterAttribute>()))
            .Where(entry => entry.Attribute is not null)
            .Select(entry => Known(entry.Member, entry.Attribute!, build))
            .DistinctBy(parameter => parameter.Name)
            .ToList();
        var targets = members.OfType<PropertyInfo>().Where(property => property.PropertyType == typeof(Target))
            .Select(property => property.Name);
        return new Catalog(parameters, [.. targets.Distinct()]);
    }

    private static IEnumerable<Type> Hierarchy(Type build)
    {
        for (var type = build; type is not null && type != typeof(object); type = type.BaseType)
            yield return type;
    }

    private static KnownParameter Known(MemberInfo member, ParameterAttribute attribute, Type build)
    {
        var name = attribute.Name ?? member.Name;
        var own = member.DeclaringType == build;
        var type = member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (!own && (Lists.Contains(name) || type.IsInterface))
            type = typeof(string[]);

        // Some values have types of NUKE's: it checks them itself.
        var known = own || type.IsPrimitive || type == typeof(string[]) ? type : typeof(string);
        var help = new ParameterHelp(attribute.Description ?? "");
        return new KnownParameter(name, known, ValuesOf(name, type, help), own, help);
    }

    private static IEnumerable<string>? ValuesOf(string name, Type type, ParameterHelp help)
    {
        if (help.Choices is { Count: > 0 } choices)
            return choices;
        if (name == nameof(NukeBuild.Verbosity))
            return ["Verbose", "Normal", "Minimal", "Quiet"];
        if (name == nameof(NukeBuild.Host))
            return Hosts;

        return type.IsEnum ? Enum.GetNames(type) : null;
    }
}
