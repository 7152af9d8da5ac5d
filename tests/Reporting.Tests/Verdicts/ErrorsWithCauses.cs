using System.Text;
using Reporting.Raw.Lk;
using Capture = Tests.Shared.Capture;

namespace Reporting.Tests.Verdicts;

/// <summary>Every error that recordings have is known; the table of causes in docs/guides/troubleshooting.md is the code's.</summary>
public sealed class ErrorsWithCauses
{
    private const string Header = "| error | side | what it means | what to do |";

    private static readonly string Page = Path.Combine(Golden.ProjectDirectory, "..", "..", "docs", "guides", "troubleshooting.md");

    public static TheoryData<string> Recorded { get; } = [.. Capture.Names("lk").SelectMany(name => Capture.Of(name).Parse().FailedJoins)
        .Select(join => ErrorTexts.Normalized(join.Error)).Where(text => text.Length > 0).Distinct().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Are_known_when_they_were_recorded(string error) => ErrorCause.Of(error).ShouldNotBeNull();

    [Theory]
    [InlineData("dial tcp 10.0.0.7:443: connect: connection refused", ErrorSide.LiveKit)]
    [InlineData("read tcp 10.0.0.2:41234->10.0.0.7:443: read: connection reset by peer", ErrorSide.Proxy)]
    [InlineData("websocket: bad handshake", ErrorSide.Proxy)]
    [InlineData("<html><head><title>503</title></head><h1>Service Unavailable</h1></html>", ErrorSide.Proxy)]
    [InlineData("unavailable: <html><head><title>503 Service Temporarily Unavailable</title></head></html>", ErrorSide.Proxy)]
    [InlineData("unexpected status 503: no healthy upstream", ErrorSide.Proxy)]
    [InlineData("<html><body><h1>504 Gateway Time-out</h1> The server didn't respond in time.</body></html>", ErrorSide.Proxy)]
    [InlineData("dial tcp: lookup livekit.example on 10.0.0.1:53: no such host", ErrorSide.Generator)]
    [InlineData("dial tcp 10.0.0.7:443: socket: TOO MANY OPEN FILES", ErrorSide.Generator)]
    [InlineData("unauthorized: invalid API key: nosuchkey", ErrorSide.Credentials)]
    [InlineData("could not connect after timeout", ErrorSide.Network)]
    public void Have_the_side_of_the_most_telling_text(string error, ErrorSide side) => ErrorCause.Of(error)!.Side.ShouldBe(side);

    [Theory]
    [InlineData("the moon was in the way of 10.0.0.1:4711",
        "1 participant could not join: the moon was in the way of <address> (an error that is not known)")]
    [InlineData("dial tcp 10.0.0.1:443: connect: connection refused",
        "1 participant could not join: dial tcp <address>: connect: connection refused")]
    public void Are_findings_with_what_is_known_of_them(string error, string finding)
    {
        using var results = new ResultsFolder();
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000), Received.Audio(1, 2, 3000)).AddTo(results);
        Insert(results, "vm-01/logs/lk-1.stdout", 1, $"could not connect Sub 2: {error}");
        Insert(results, "vm-01/logs/lk-1.stdout.times", 1, "1800000011.5");

        var summary = results.Summarize("served>=99%");

        var hurt = summary.Findings.Single(one => one.Participants is not null);
        (hurt.What, hurt.Rooms, hurt.Vms, hurt.Cause).ShouldBe((finding, 1, 1, ErrorCause.Of(error)));
        hurt.From.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_011_500));
        summary.Judgement.Advice.ShouldBe(ErrorCause.Of(error)?.NextStep
            ?? "Look for this error in LiveKit's log, and in that of a proxy before it, at that time.");
    }

    [Fact]
    public void Are_each_found_by_their_own_text() =>
        ErrorCause.All.ShouldAllBe(cause => ReferenceEquals(ErrorCause.Of(cause.Text), cause));

    [Fact]
    public void Are_in_the_table_of_the_guide() => WithTable(File.ReadAllText(Page)).ShouldBeAsIn(Page);

    private static void Insert(ResultsFolder results, string path, int at, string line)
    {
        var lines = File.ReadAllLines(results.PathOf(path)).ToList();
        lines.Insert(at, line);
        results.Write(path, Encoding.UTF8.GetBytes(string.Concat(lines.Select(one => one + "\n"))));
    }

    private static string WithTable(string page)
    {
        var lines = page.Split('\n').ToList();
        var first = lines.IndexOf(Header) + 2;
        first.ShouldBeGreaterThan(1, $"{Page} has no table {Header}");
        var end = lines.FindIndex(first, line => !line.StartsWith('|'));
        lines.RemoveRange(first, end - first);
        lines.InsertRange(first, ErrorCause.All.Select(cause =>
            $"| `{cause.Text}` | {Side(cause.Side)} | {cause.Meaning} | {cause.NextStep} |"));
        return new StringBuilder().AppendJoin('\n', lines).ToString();
    }

    private static string Side(ErrorSide side) => side == ErrorSide.LiveKit ? "LiveKit" : side.ToString().ToLowerInvariant();
}
