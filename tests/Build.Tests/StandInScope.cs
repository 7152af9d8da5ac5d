using System.Reflection;
using System.Text.RegularExpressions;
using Nuke.Common;

namespace BuildTests;

/// <summary>
/// The stand-in has what build/ uses of NUKE, and of the rest only what is listed here with its reason: docs/adr/0001. What is not
/// public is held by its size.
/// </summary>
public sealed partial class StandInScope
{
    private const int LinesAtMost = 3_500;

    private const string InSignatures = "no call without it: what build/ names has it in its signature, or is it";
    private const string InWorkflow = "4.load_test_inputs.yml has it, the only recorded workflow with inputs, a schedule and limits";

    /// <summary>With .* it is the type and all its members.</summary>
    private static readonly Dictionary<string, string> Listed = new(StringComparer.Ordinal)
    {
        ["ITargetDefinition"] = InSignatures,
        ["ExecutableTarget"] = InSignatures,
        ["ExecutableTargetExtensions"] = InSignatures,
        ["ConfigurationAttributeBase"] = InSignatures,
        ["ArgumentStringHandler.*"] = InSignatures,
        ["IProcess"] = InSignatures,
        ["OutputType.*"] = InSignatures,
        ["Terminal"] = "--host Terminal: the gate takes the hosts from the public types",
        ["DisableDefaultOutputAttribute.*"] = "a later step silences parts of the output; 1k and 2c9 were recorded with it",
        ["DefaultOutput.*"] = "the same",
        ["NukeBuild.ReportSummary"] = "1* and 2* were recorded with it: the column that also says why a target failed or was skipped",
        ["NukeBuild.IsSucceeding"] = "6* were recorded with it: what the exit code is decided by",
        ["ITargetDefinition.Unlisted"] = "4f, 4g and the schema were recorded with it: what help leaves out",
        ["ParameterAttribute.Separator"] = "the engine's own --target and --skip have one",
        ["GitHubActionsTrigger.WorkflowDispatch"] = "4.load-test.yml has it",
        ["GitHubActionsAttribute.OnWorkflowDispatchRequiredInputs"] = InWorkflow,
        ["GitHubActionsAttribute.EnableGitHubToken"] = InWorkflow,
        ["GitHubActionsAttribute.WritePermissions"] = InWorkflow,
        ["GitHubActionsAttribute.CacheKeyFiles"] = InWorkflow,
        ["GitHubActionsAttribute.FetchDepth"] = InWorkflow,
        ["GitHubActionsImage.Ubuntu2404"] = InWorkflow,
        ["GitHubActionsImage.WindowsLatest"] = InWorkflow,
    };

    private static readonly string Sources = string.Join('\n', Files("build")
        .Where(file => !file.Contains("/Nuke.Common/", StringComparison.Ordinal))
        .SelectMany(File.ReadLines)
        .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));

    private static readonly HashSet<string> Said = [.. Word().Matches(Sources).Select(match => match.Value)];

    private interface IInvented
    {
        void Description(string text);

        void Partition(int size);
    }

    [Fact]
    public void Is_what_the_build_uses_and_what_is_listed_with_a_reason()
    {
        var unused = Unused(typeof(NukeBuild).Assembly.GetExportedTypes().Where(type => !type.IsNested)).ToList();
        unused.Where(name => !Listed.Keys.Any(listed => Covers(listed, name)))
            .ShouldBeEmpty("build/ does not use it: delete it, or list it with its reason");
        Listed.Keys.Where(listed => !unused.Exists(name => Covers(listed, name)))
            .ShouldBeEmpty("build/ uses it, or it is gone: it needs no reason any more");
    }

    [Fact]
    public void Has_no_verb_that_the_build_does_not_say()
    {
        var verbs = typeof(ITargetDefinition).GetMethods().Select(verb => verb.Name).Distinct(StringComparer.Ordinal).ToList();
        verbs.ShouldContain("DependsOn");
        verbs.Where(verb => !Sources.Contains($".{verb}(", StringComparison.Ordinal)).ShouldBe(["Unlisted"]);
    }

    [Fact]
    public void Names_what_is_not_used() => Unused([typeof(IInvented)]).ShouldBe(["IInvented", "IInvented.Partition"]);

    [Fact]
    public void Knows_the_switches_that_its_decision_names()
    {
        var decision = File.ReadAllText(Path.Combine(ProjectFolder.Repository, "docs", "adr", "0001-nuke-and-its-stand-in.md"));
        var named = Switch().Matches(Switches().Match(decision).Value).Select(match => match.Value);
        var known = typeof(NukeBuild).GetProperties().Where(IsSwitch)
            .Select(property => property.GetCustomAttribute<ParameterAttribute>()!.Name ?? property.Name)
            .Select(name => $"--{Words().Replace(name, "-${letter}").TrimStart('-').ToLowerInvariant()}");
        named.ShouldBe(known.Append("--generate-configuration").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Stays_small() =>
        Files("build/Nuke.Common").Sum(file => File.ReadLines(file).Count())
            .ShouldBeLessThanOrEqualTo(LinesAtMost, "docs/adr/0001 says what belongs here");

    private static bool Covers(string listed, string name) =>
        listed == name
        || (listed.EndsWith(".*", StringComparison.Ordinal) && $"{name}.".StartsWith(listed[..^1], StringComparison.Ordinal));

    /// <summary>The types, and members of types, whose name stands nowhere in build/.</summary>
    private static IEnumerable<string> Unused(IEnumerable<Type> types) => types.SelectMany(type =>
    {
        var name = type.Name.Split('`')[0];
        var members = MembersOf(type).Order(StringComparer.Ordinal).Where(member => !Said.Contains(member));
        var isNamed = Said.Contains(name) || Said.Contains(name.Replace("Attribute", "", StringComparison.Ordinal));
        return members.Select(member => $"{name}.{member}").Prepend(name).Skip(isNamed ? 1 : 0);
    });

    private static IEnumerable<string> MembersOf(Type type)
    {
        if (type.IsSubclassOf(typeof(Delegate)))
            return [];

        const BindingFlags own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
            | BindingFlags.DeclaredOnly;
        IEnumerable<MemberInfo> members =
        [
            .. type.GetMethods(own).Where(method => !method.IsSpecialName)
                .Where(method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly),
            .. type.GetProperties(own).Where(property => property.GetMethod!.IsPublic && !IsSwitch(property)),
            .. type.GetFields(own).Where(field => field.IsPublic && !field.IsSpecialName),
        ];
        return members.Select(member => member.Name).Except(["Equals", "GetHashCode", "ToString"], StringComparer.Ordinal);
    }

    private static bool IsSwitch(PropertyInfo property) =>
        property.DeclaringType == typeof(NukeBuild) && property.IsDefined(typeof(ParameterAttribute));

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(Path.Combine(ProjectFolder.Repository, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Made().IsMatch(file));

    [GeneratedRegex("/(bin|obj)/", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Made();

    [GeneratedRegex(@"\w+", RegexOptions.None, 1000)]
    private static partial Regex Word();

    [GeneratedRegex("`--continue [^`]*`", RegexOptions.None, 1000)]
    private static partial Regex Switches();

    [GeneratedRegex("--[a-z-]+", RegexOptions.None, 1000)]
    private static partial Regex Switch();

    [GeneratedRegex("(?<letter>[A-Z])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Words();
}
