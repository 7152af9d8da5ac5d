using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LoadTesting.Providers;
using LoadTesting.Providers.OpenStack;
using Rehearsal;

namespace LoadTesting.Tests.Providers;

/// <summary>
/// Only the list of providers knows which ones there are. Outside its own folder the name of a provider is in no line of code, nor
/// is a type of its namespace, so that nothing can ask which one was chosen.
/// </summary>
public sealed partial class KindsAreNobodysBusiness
{
    /// <summary>The choices of <c>--cloud</c>, and what tests install.</summary>
    private static readonly string[] MaySayTheName = ["build/Build.Parameters.cs", "build/Build.Test.cs"];

    /// <summary>The list of providers, and what makes their parameters of the command line's.</summary>
    private static readonly string[] MayUseTheTypes = ["build/Build.Environments.cs", "build/Build.Engine.cs"];

    /// <summary>Each provider, and the folder whose own it is.</summary>
    private static readonly IReadOnlyDictionary<string, string> Folders =
        new[] { typeof(FleetProvider).Assembly, typeof(RehearsalProvider).Assembly }
        .SelectMany(assembly => assembly.GetTypes()).Where(type => type.IsSubclassOf(typeof(FleetProvider)))
        .ToDictionary(type => (string)type.GetField("Kind", BindingFlags.Public | BindingFlags.Static)!.GetRawConstantValue()!,
            type => $"src/{type.Namespace!.Replace('.', '/')}/", StringComparer.Ordinal);

    [Fact]
    public void They_are_the_choices_of_the_command_line()
    {
        var schema = JsonNode.Parse(File.ReadAllText(Checkout.At(".nuke", "build.schema.json")))!;
        var cloud = schema["allOf"]![0]!["properties"]!["Cloud"]!["enum"]!.AsArray();

        Folders.Keys.ShouldBe(cloud.Select(choice => (string)choice!), ignoreOrder: true);
    }

    [Fact]
    public void No_line_of_code_outside_its_folder_names_a_provider()
    {
        var files = new[] { "src",
            "build" }.SelectMany(folder => Directory.EnumerateFiles(Checkout.At(folder), "*.cs", SearchOption.AllDirectories))
            .Select(file => (Path: Path.GetRelativePath(Checkout.Folder, file).Replace('\\', '/'), Text: File.ReadLines(file)))
            .Where(file => !Generated().IsMatch(file.Path)).ToList();

        files.Count.ShouldBeGreaterThan(200);
        files.SelectMany(file =>
            file.Text.Select((line, index) => (File: $"{file.Path}:{index + 1}", Kind: Named(file.Path, line), Line: line.Trim())))
            .Where(entry => entry.Kind is not null).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("src/LoadTesting/Phases/PlanPhase.cs", "if (context.Environment.Provider == \"inventory\")", "inventory")]
    [InlineData("build/Build.Plan.cs", "\"rehearsal\" => [],", "rehearsal")]
    [InlineData("build/Build.Phases.cs", "Cloud is InventoryProvider.Kind", "inventory")]
    [InlineData("build/Build.Engine.cs", "null when Cloud == \"inventory\" => 1,", "inventory")]
    [InlineData("build/Build.Engine.cs", "using LoadTesting.Providers.OpenStack;", null)]
    [InlineData("src/LoadTesting/Phases/DestroyPhase.cs", "if (context.Cloud is Providers.OpenStack.OpenStackCloud)", "openstack")]
    [InlineData("src/LoadTesting/Providers/Inventory/InventoryCloud.cs", "using LoadTesting.Providers.OpenStack;", "openstack")]
    [InlineData("src/LoadTesting/Providers/Inventory/InventoryProvider.cs", "public const string Kind = \"inventory\";", null)]
    [InlineData("src/LoadTesting/Providers/OpenStack/Compute/Server.cs", "namespace LoadTesting.Providers.OpenStack.Compute;", null)]
    [InlineData("src/LoadTesting/Phases/RunPhase.cs", "/// <summary>A server of \"openstack\".</summary>", null)]
    [InlineData("src/LoadTesting/Phases/RunPhase.cs", "inventory.Count + \"openstack: \"", null)]
    public void A_line_that_names_one_is_seen(string file, string line, string? kind) => Named(file, line).ShouldBe(kind);

    /// <summary>The provider that a line names although it is another's; null: none.</summary>
    private static string? Named(string file, string line) => line.TrimStart().StartsWith("//", StringComparison.Ordinal)
        ? null
        : Folders.Keys.FirstOrDefault(kind => !IsOwn(kind, file)
            && ((!MaySayTheName.Contains(file, StringComparer.Ordinal) && line.Contains($"\"{kind}\"", StringComparison.Ordinal))
                || (!MayUseTheTypes.Contains(file, StringComparer.Ordinal) && Types(kind).IsMatch(line))));

    /// <summary>The rehearsal is a client of OpenStack's.</summary>
    private static bool IsOwn(string kind, string file) =>
        file.StartsWith(Folders[kind], StringComparison.Ordinal) || (kind == OpenStackProvider.Kind && IsOwn(RehearsalProvider.Kind, file));

    private static Regex Types(string kind) =>
        new($@"\b{kind}Provider\b|\bProviders\.{kind}\b", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));

    /// <summary>Compiled code, and the part of NUKE.</summary>
    [GeneratedRegex("/(bin|obj)/|^build/Nuke.Common/", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Generated();
}
