using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Reporting.Judging;
using Reporting.Summary;
using Capture = Tests.Shared.Capture;

namespace Reporting.Tests.Verdicts;

/// <summary>What holds of every run, tried on recordings with media taken away from some people; the seed repeats a failure.</summary>
public sealed partial class PeopleOfRecordedRuns
{
    private const int Seeds = 3;

    private static readonly string Defaults = DefaultThresholds.Text.Replace(", generator-cpu<80%", "", StringComparison.Ordinal);

    public static TheoryData<string, int> Healthy { get; } = Of(EveryRecordedRun.Healthy);

    public static TheoryData<string, int> InTrouble { get; } = Of(EveryRecordedRun.ProcessIssues);

    [Theory]
    [MemberData(nameof(Healthy))]
    public void Of_a_healthy_run_one_who_gets_nothing_is_one_who_was_not_served(string name, int seed)
    {
        using var results = RecordedRun.Of([Capture.Of(name)]);
        var before = results.Summarize(Defaults);

        TakeAway(results, new Random(seed), share: 0);
        var summary = results.Summarize(Defaults);

        summary.Fleet.ParticipantsServed.ShouldBe(before.Fleet.ParticipantsServed - 1);
        summary.Fleet.ParticipantsStarved.ShouldBe(1);
        // All but one of these have fewer than a hundred participants.
        var limit = summary.Fleet.ServedRatio < 0.99 ? ThresholdOutcome.Failed : ThresholdOutcome.Passed;
        summary.Thresholds[0].Outcome.ShouldBe(limit);
        (summary.Judgement.Verdict == Verdict.Failed).ShouldBe(limit == ThresholdOutcome.Failed, summary.Judgement.Reason);
    }

    [Theory]
    [MemberData(nameof(InTrouble))]
    public void Of_a_run_in_trouble_taking_more_away_makes_nothing_pass(string name, int seed)
    {
        var random = new Random(seed);
        using var results = RecordedRun.Of([Capture.Of(name)]);
        for (var times = 0; times < 4; times++)
        {
            TakeAway(results, random, random.NextDouble());

            var judgement = results.Summarize(Defaults).Judgement;

            judgement.Verdict.ShouldNotBe(Verdict.Passed, judgement.Reason);
        }
    }

    [Theory]
    [InlineData("lk/2.16.4/fleet", 1)]
    [InlineData("lk/2.16.4/20-shared-room-same-prefix", 2)]
    [InlineData("lk/2.16.4/20-shared-room-two-prefixes", 3)]
    [InlineData("lk/2.16.4/capacity-server-0.35-core/step-200-participants", 4)]
    [InlineData("lk/2.16.4/capacity-server-0.35-core/step-240-participants", 5)]
    public void Of_several_VMs_are_the_same_in_any_order(string folder, int seed)
    {
        var captures = Capture.Names(folder).Select(Capture.Of).ToArray();
        var before = Told(captures);
        new Random(seed).Shuffle(captures);

        Told(captures).ShouldBe(before);
    }

    private static (Verdict, int?, int?, int?, int?, Percentiles?, double?, double, string) Told(Capture[] captures)
    {
        using var results = RecordedRun.Of(captures);
        var summary = results.Summarize(Defaults);
        var fleet = summary.Fleet;
        return (summary.Judgement.Verdict, fleet.ParticipantsServed, fleet.ParticipantsUnknown, fleet.ParticipantsStarved,
            fleet.ParticipantsDropped, fleet.JoinTimeSeconds, fleet.VideoDeliveryRatio, Math.Round(fleet.AudioDeliveryRatio ?? -1, 9),
            string.Join('\n', summary.Findings
                .Select(finding => finding.What.Replace($"{finding.Where} was", "a VM was", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)));
    }

    /// <summary>Those whose tables can be changed: in boxes, and with a row of a track.</summary>
    private static TheoryData<string, int> Of(TheoryData<string> names)
    {
        var data = new TheoryData<string, int>();
        foreach (var name in names.Where(name => Capture.Of(name.Data).Lines.Any(IsTester)))
        {
            for (var seed = 0; seed < Seeds; seed++)
                data.Add(name.Data, seed);
        }

        return data;
    }

    private static bool IsTester(CapturedLine line) => Tester().IsMatch(Encoding.UTF8.GetString(line.Text));

    /// <summary>Leaves one subscriber of the tables a share of its packets and of its bit rates.</summary>
    private static void TakeAway(ResultsFolder results, Random random, double share)
    {
        var path = results.PathOf("vm-01/logs/lk-1.stdout");
        var lines = File.ReadAllText(path).Split('\n');
        var testers = lines.Select((line, at) => (Line: line, At: at)).Where(entry => Tester().IsMatch(entry.Line)).ToList();
        for (var at = testers[random.Next(testers.Count)].At; at == Array.FindLastIndex(lines, at, 1, line => Row().IsMatch(line)); at++)
        {
            lines[at] = Row().Replace(lines[at], row => string.Create(CultureInfo.InvariantCulture,
                $"{row.Groups["before"]}{(long)(share * long.Parse(row.Groups["packets"].Value, CultureInfo.InvariantCulture))} │ ")
                + string.Create(CultureInfo.InvariantCulture,
                    $"{share * double.Parse(row.Groups["rate"].Value, CultureInfo.InvariantCulture):0.0}{row.Groups["unit"]} │"));
        }

        results.Write("vm-01/logs/lk-1.stdout", Encoding.UTF8.GetBytes(string.Join('\n', lines)));
    }

    [GeneratedRegex(@"^│ Sub \d+\s+│ TR_", RegexOptions.NonBacktracking)]
    private static partial Regex Tester();

    [GeneratedRegex(@"^(?<before>│[^│]*│ TR_\S+\s*│ (audio|video) │ )(?<packets>\d+)\s*│ (?<rate>[\d.]+)(?<unit>k?m?bps)\s*│",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}
