using Reporting.Raw.Manifest;
using Reporting.Raw.Observations;
using Reporting.Summary;

namespace Reporting.Tests.Verdicts;

/// <summary>run.json lists what was to be read: a run that lacks a file of it does not pass, whatever the thresholds are.</summary>
public sealed class DroppedFiles : IDisposable
{
    private const string OnlyPeople = "served>=99%";

    private static readonly string[] Files =
    [
        "cluster/observations.jsonl", "vm-01/facts.json", "vm-01/logs/lk-1.stderr", "vm-01/logs/lk-1.stderr.times",
        "vm-01/logs/lk-1.stdout", "vm-01/logs/lk-1.stdout.times", "vm-01/metrics/samples.txt",
    ];

    private readonly ResultsFolder _results = new() { Sources = [.. Enum.GetValues<RunSource>()] };

    public DroppedFiles()
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000)).AddTo(_results);
        _results.Write("vm-01/logs/lk-1.stderr", []);
        _results.Write("vm-01/logs/lk-1.stderr.times", []);
        _results.Write("vm-01/facts.json", "{}"u8.ToArray());
        _results.Write("vm-01/metrics/samples.txt", HandmadeSamples.Text(Second.Each(62, _ => new Second())));
        _results.Write("cluster/observations.jsonl",
            [.. ObservationJson.Line(new RequestsMade(DateTimeOffset.FromUnixTimeSeconds((long)HandmadeLk.Epoch), 1, 1)), (byte)'\n']);
    }

    public static TheoryData<string> Each { get; } = [.. Files];

    public void Dispose() => _results.Dispose();

    [Fact]
    public void A_run_that_has_all_of_them_passes()
    {
        _results.Files.ShouldBe(Files);
        _results.Summarize(OnlyPeople).Judgement.ShouldSatisfyAllConditions(
            judgement => judgement.Verdict.ShouldBe(Verdict.Passed, judgement.Reason));
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void A_run_that_lacks_one_is_inconclusive(string file)
    {
        _results.Drop(file);

        _results.Summarize(OnlyPeople).Judgement.Verdict.ShouldBe(Verdict.Inconclusive);
    }

    /// <summary>A folder that was put together without an observer: what was not observed is not measured, and hides nothing.</summary>
    [Fact]
    public void A_run_that_nobody_observed_is_judged_by_what_there_is()
    {
        Directory.Delete(_results.PathOf("cluster"), recursive: true);

        var summary = _results.Summarize(OnlyPeople);

        summary.Judgement.Verdict.ShouldBe(Verdict.Passed, summary.Judgement.Reason);
        summary.NotMeasured.ShouldContain(missing => missing.What == "The LiveKit servers");
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void One_that_failed_does_not_pass_without_one(string file)
    {
        new HandmadeLk("vm-02", Received.Audio(0, 2, 10)).AddTo(_results);
        foreach (var other in Files.Where(other => other.StartsWith("vm-01", StringComparison.Ordinal)))
        {
            if (!File.Exists(_results.PathOf(other.Replace("vm-01", "vm-02", StringComparison.Ordinal))))
                _results.Write(other.Replace("vm-01", "vm-02", StringComparison.Ordinal), File.ReadAllBytes(_results.PathOf(other)));
        }

        _results.Summarize(OnlyPeople).Judgement.Verdict.ShouldBe(Verdict.Failed);
        _results.Drop(file.Replace("vm-01", "vm-02", StringComparison.Ordinal));

        _results.Summarize(OnlyPeople).Judgement.Verdict.ShouldNotBe(Verdict.Passed);
    }

    [Fact]
    public void Metrics_of_LiveKit_that_were_to_be_read_are_missed_and_others_do_not_apply()
    {
        _results.Drop("cluster/observations.jsonl");

        Loss().Outcome.ShouldBe(ThresholdOutcome.Unmeasured);
        _results.Sources = [RunSource.HostOutput, RunSource.Observations];
        Loss().Outcome.ShouldBe(ThresholdOutcome.NotApplicable);
    }

    /// <summary>Each letter is an observation, a second after the last: a scrape, a lost or a silent port, rooms.</summary>
    [Theory]
    [InlineData("rrr", ThresholdOutcome.Unmeasured)]
    [InlineData("rpr", ThresholdOutcome.Unmeasured)]
    [InlineData("rur", ThresholdOutcome.Unmeasured)]
    [InlineData("spr", ThresholdOutcome.Unmeasured)]
    [InlineData("sur", ThresholdOutcome.Unmeasured)]
    [InlineData("psr", ThresholdOutcome.Unmeasured)]
    [InlineData("rsr", ThresholdOutcome.NotApplicable)]
    [InlineData("snr", ThresholdOutcome.NotApplicable)]
    [InlineData("sps", ThresholdOutcome.Passed)]
    [InlineData("sss", ThresholdOutcome.Passed)]
    public void Metrics_of_LiveKit_that_a_port_did_not_give_are_missed_unless_the_run_was_too_short(string seen, ThresholdOutcome expected)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds((long)HandmadeLk.Epoch);
        _results.Write("cluster/observations.jsonl", [.. seen.SelectMany((what, second) => (IEnumerable<byte>)
            [.. ObservationJson.Line(Seen(what, at.AddSeconds(second), second)), (byte)'\n'])]);

        Loss().Outcome.ShouldBe(expected);
    }

    private ThresholdResult Loss()
    {
        const string Text = "livekit.packet-loss<2%";
        return _results.Summarize($"{OnlyPeople}, {Text}").Thresholds.Single(threshold => threshold.Text == Text);
    }

    private static Observation Seen(char what, DateTimeOffset at, int second) => what switch
    {
        's' => new LiveKitSeen(at, "pod", new LiveKitMetrics
        {
            Counters = new Dictionary<string, double> { ["packetsOut"] = 1000 * (second + 1) },
        }),
        'p' => new SourceLost(at, "LiveKit's metrics", "no answer", Needs: null),
        'u' => new SourceLost(at, "metrics of http://127.0.0.1:6789/metrics", "no answer", Needs: null),
        'n' => new SourceLost(at, "node metrics", "no answer", Needs: null),
        _ => new RoomsSeen(at, [], 0, 0),
    };

    [Theory]
    [InlineData("vm-01/logs/lk-1.stderr")]
    [InlineData("cluster/observations.jsonl")]
    public void A_run_of_an_earlier_version_is_judged_as_it_was(string file)
    {
        _results.Sources = null;
        _results.Drop(file);

        _results.Summarize(OnlyPeople).Judgement.Verdict.ShouldBe(Verdict.Passed);
    }
}
