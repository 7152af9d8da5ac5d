using YamlDotNet.RepresentationModel;

namespace Integration.Tests.EndToEnd;

/// <summary>A workflow of .github/workflows, as a runner of GitHub Actions reads it.</summary>
internal sealed class WorkflowFile
{
    private readonly YamlMappingNode _root;

    private WorkflowFile(YamlMappingNode root) => _root = root;

    public static string Folder { get; } = Path.Combine(Operator.Checkout, ".github", "workflows");

    /// <summary>What is after ./build.cmd: the only command of each workflow.</summary>
    public string Words => Text(Step("run"), "run")["./build.cmd ".Length..];

    /// <summary>The variables of that command, with the expressions they are set from.</summary>
    public IReadOnlyDictionary<string, string> Variables => Step("run").Children.TryGetValue("env", out var variables)
        ? ((YamlMappingNode)variables).ToDictionary(entry => $"{entry.Key}", entry => $"{entry.Value}", StringComparer.Ordinal)
        : new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The step that keeps the results; null when none does.</summary>
    public YamlMappingNode? Upload =>
        Steps.FirstOrDefault(step => Text(step, "uses").StartsWith("actions/upload-artifact@", StringComparison.Ordinal));

    public int TimeoutMinutes => int.Parse(Text(Job, "timeout-minutes"), System.Globalization.CultureInfo.InvariantCulture);

    public string Permissions => string.Join(", ", ((YamlMappingNode)_root["permissions"]).Select(entry => $"{entry.Key}: {entry.Value}"));

    public string ConcurrencyGroup => Text((YamlMappingNode)_root["concurrency"], "group");

    private YamlMappingNode Job => (YamlMappingNode)((YamlMappingNode)_root["jobs"]).Single().Value;

    private IEnumerable<YamlMappingNode> Steps => ((YamlSequenceNode)Job["steps"]).Cast<YamlMappingNode>();

    public static WorkflowFile Read(string name)
    {
        using var text = File.OpenText(Path.Combine(Folder, $"{name}.yml"));
        var yaml = new YamlStream();
        yaml.Load(text);
        return new WorkflowFile((YamlMappingNode)yaml.Documents[0].RootNode);
    }

    public static string Text(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) ? $"{value}" : "";

    private YamlMappingNode Step(string key) => Steps.Single(step => step.Children.ContainsKey(key));
}
