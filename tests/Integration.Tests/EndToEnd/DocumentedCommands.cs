using System.Text.Json;
using System.Text.RegularExpressions;

namespace Integration.Tests.EndToEnd;

/// <summary>
/// Every ./build.sh command of the README and of docs/ is one that the build takes: its target exists, and with Plan in the place of it,
/// which reads and checks every parameter and touches nothing, the program says no more than a plan.
/// </summary>
public sealed partial class DocumentedCommands : IDisposable
{
    private readonly Operator _operator = new();

    public static TheoryData<string> Commands =>
        [.. Pages().SelectMany(page => In(File.ReadAllText(page))).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public void Dispose() => _operator.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Are_taken_by_the_build(string command)
    {
        Arrange();
        var words = Word().Matches(command).Select(word => word.Groups["quoted"].Success ? word.Groups["quoted"].Value : word.Value)
            .ToList();
        var targets = words.TakeWhile(word => word[0] != '-').ToList();
        targets.ShouldBeSubsetOf(Targets());

        var said = await _operator.RunAsync(["Plan", .. words.Skip(targets.Count).Where(word => word is not "--skip")]);

        said.ExitCode.ShouldBe(0, said.Text);
    }

    [Fact]
    public void Are_found_where_they_are()
    {
        In("    ./build.sh Plan --os-cloud NAME   # why\nand `./build.sh Status` or\n`FOO=1 ./build.sh`, ./build.sh --thresholds \"a # "
            + "b\"\n").ShouldBe(["Plan --os-cloud NAME", "Status", "--thresholds \"a # b\""]);
        Commands.Count.ShouldBeGreaterThan(25);
    }

    [Fact]
    public async Task Would_not_be_taken_with_a_parameter_or_a_value_that_there_is_not()
    {
        (await _operator.RunAsync(["Plan", "--instance-counts", "2"])).ExitCode.ShouldBe(104);
        (await _operator.RunAsync(["Plan", "--thresholds", "packet-los<3%"])).ExitCode.ShouldBe(104);
    }

    /// <summary>What the commands name: an inventory, a cloud, an rc file.</summary>
    private void Arrange()
    {
        void Write(string file, string text) => File.WriteAllText(Path.Combine(_operator.Root, file), text);
        Write("hosts.yml", "all: { children: { load: { hosts: { load-01: {}, load-02: {}, load-03: {}, load-04: {}, load-05: {} } } } }");
        const string Nowhere = "https://127.0.0.1:1/v3";
        Write("clouds.yaml",
            $"clouds: {{ NAME: {{ auth: {{ auth_url: \"{Nowhere}\", username: me, password: none, project_name: mine }} }} }}");
    }

    private static string[] Targets()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Operator.Checkout, ".nuke", "build.schema.json")));
        return [.. schema.RootElement.GetProperty("definitions").GetProperty("ExecutableTarget").GetProperty("enum").EnumerateArray()
            .Select(target => target.GetString()!)];
    }

    private static IEnumerable<string> Pages() =>
        [Path.Combine(Operator.Checkout, "README.md"), Path.Combine(Operator.Checkout, "CONTRIBUTING.md"),
            .. Directory.EnumerateFiles(Path.Combine(Operator.Checkout, "docs"), "*.md", SearchOption.AllDirectories)];

    /// <summary>
    /// What stands after ./build.sh, up to the end of its code. A word alone, as in a sentence about the script, is no command; generating
    /// workflows is tested with them.
    /// </summary>
    private static IEnumerable<string> In(string page) => Command().Matches(page).Select(command => command.Groups["words"].Value.Trim())
        .Where(words => words.Length > 0 && !words.StartsWith("--generate-configuration", StringComparison.Ordinal));

    [GeneratedRegex("""\./build\.sh(?<words>( +("[^"\n]*"|[A-Za-z0-9-][^ `\n"|]*))*)""", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Command();

    [GeneratedRegex("\"(?<quoted>[^\"]*)\"|[^ ]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
