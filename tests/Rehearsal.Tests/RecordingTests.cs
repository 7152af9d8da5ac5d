using System.Diagnostics;
using System.Globalization;

namespace Rehearsal.Tests;

/// <summary>
/// The rehearsal says nothing that was not recorded: played with its own names, mix, pace and duration, a recording is itself.
/// </summary>
public sealed class RecordingTests : IDisposable
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "rehearsal");
    private readonly string _tables = Path.GetTempFileName();

    public static TheoryData<string> Names { get; } = [.. Rows().Select(row => row[0])];

    public void Dispose() => File.Delete(_tables);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Played_as_it_was_recorded_is_the_same_line_for_line(string name)
    {
        var row = Rows().First(row => row[0] == name);
        var recorded = await File.ReadAllLinesAsync(Path.Combine(Root, "recordings", "lk", name, "stdout.tsv"),
            TestContext.Current.CancellationToken);
        var text = recorded.Select(line => line.Split('\t', 3)[2]).ToList();

        var played = await PlayAsync(row, name, text);

        played.ShouldBe(text);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Played_at_a_faster_pace_nobody_publishes_before_the_start(string name)
    {
        var row = Rows().First(row => row[0] == name);
        var recorded = await File.ReadAllLinesAsync(Path.Combine(Root, "recordings", "lk", name, "stdout.tsv"),
            TestContext.Current.CancellationToken);

        var played = await PlayAsync(row, name, [.. recorded.Select(line => line.Split('\t', 3)[2])], pace: "10");

        played.TakeWhile(line => !line.StartsWith("Starting load test", StringComparison.Ordinal))
            .ShouldNotContain(line => line.StartsWith("publishing", StringComparison.Ordinal));
    }

    [Fact]
    public void Ten_servers_play_ten_different_recordings() =>
        Rows().Count(row => row[1] == "healthy" && row[5] == "1" && row[6] == "2" && row[7] == "17" && row[3] == "low").ShouldBe(10);

    private async Task<List<string>> PlayAsync(string[] row, string name, List<string> recorded, string? pace = null)
    {
        var duration = recorded.Select(line => After(line, "waiting ")).First(word => word is not null)!;
        Dictionary<string, string> variables = new(StringComparer.Ordinal)
        {
            ["room"] = recorded.Select(line => After(line, "room: ")).First(word => word is not null)!,
            ["prefix"] = Prefix(
                recorded.Select(line => After(line, "subscribed to track ")).FirstOrDefault(word => word is not null) ?? "none_0"),
            ["video"] = row[5],
            ["audio"] = row[6],
            ["subs"] = row[7],
            ["roomVideo"] = row[5],
            ["roomAudio"] = row[6],
            ["pace"] = pace ?? row[8],
            ["pace0"] = row[8],
            ["duration"] = duration == "1m0s" ? "60" : duration.TrimEnd('s'),
            ["shown"] = "6",
            ["seed"] = "0",
            ["gap"] = row[10],
            ["tables"] = _tables,
        };
        string[] words =
        [
            "-f", Path.Combine(Root, "image", "lk.awk"),
            .. variables.SelectMany(variable => (string[])["-v", $"{variable.Key}={variable.Value}"]),
            Path.Combine(Root, "recordings", "lk", name, "stdout.tsv"),
        ];
        using var awk = Process.Start(
            new ProcessStartInfo("awk", words) { UseShellExecute = false, RedirectStandardOutput = true,
            Environment = { ["LC_ALL"] = "C" } })!;
        var lines = (await awk.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await awk.WaitForExitAsync(TestContext.Current.CancellationToken);
        awk.ExitCode.ShouldBe(0);
        return
        [
            .. lines
                .Select(line => line.Split('\t', 2))
                .OrderBy(line => decimal.Parse(line[0], CultureInfo.InvariantCulture)) // stable, as sort -s is
                .Select(line => line[1])
                .Where(line => line != "TABLES"),
            .. await File.ReadAllLinesAsync(_tables, TestContext.Current.CancellationToken),
        ];
    }

    private static IEnumerable<string[]> Rows() => File
        .ReadLines(Path.Combine(Root, "recordings", "index.tsv"))
        .Where(line => !line.StartsWith('#'))
        .Select(line => line.Split('\t'));

    private static string? After(string line, string words)
    {
        var at = line.IndexOf(words, StringComparison.Ordinal);
        return at < 0 ? null : line[(at + words.Length)..].Split(' ')[0];
    }

    private static string Prefix(string identity) => identity[..identity.LastIndexOf('_')];
}
