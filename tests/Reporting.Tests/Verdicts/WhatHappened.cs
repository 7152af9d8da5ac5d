using Reporting.Raw.Observations;
using Reporting.Rendering.Html;
using Reporting.Rendering.Markdown;
using Reporting.Summary;

namespace Reporting.Tests.Verdicts;

/// <summary>One list of what happened, with times, and the cause at the time of the trouble in the verdict's sentence.</summary>
public sealed class WhatHappened : IDisposable
{
    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch.AddSeconds(HandmadeLk.Epoch);

    private readonly ResultsFolder _results = new();
    private readonly List<Observation> _seen = [Pod(0)];

    public void Dispose() => _results.Dispose();

    [Fact]
    public void Is_in_the_order_of_time_whatever_its_source()
    {
        _seen.Add(Pod(25) with { Restarts = 1, LastEnd = "OOMKilled" });
        _seen.Add(new UsageSeen(At(10), false, "lk-0", null, 1.99, 1e8));
        _seen.Add(new UsageSeen(At(20), false, "lk-0", null, 1.97, 1e8));
        _seen.Add(new AutoscalerSeen(At(12), 1, 4, 1, 1, null, 80, "no metrics"));
        _seen.Add(new NodeSeen(At(15), "node-0", true, "MemoryPressure", 4, 16e9, false));
        _seen.Add(new NodeSeen(At(40), "node-0", true, null, 4, 16e9, false));

        Run(stalled: true).Happenings.Select(happening => (happening.Kind, Seconds(happening.At), Seconds(happening.To), happening.What))
            .ShouldBe(
            [
                (HappeningKind.PodAtLimit, 10, 20, "LiveKit pod lk-0 used 1.99 of 2 cores, its limit, and was throttled"),
                (HappeningKind.NotScaled, 12, null, "the autoscaler could not scale LiveKit: no metrics"),
                (HappeningKind.NodeTrouble, 15, 40, "node node-0 of LiveKit was in trouble: MemoryPressure"),
                (HappeningKind.Restart, 25, 25, "LiveKit pod lk-0 was restarted (OOMKilled)"),
                (HappeningKind.Stall, 30, 40, "media stopped arriving at vm-01"),
            ]);
    }

    [Fact]
    public void Of_a_run_without_trouble_is_nothing() => Run(stalled: false).Happenings.ShouldBeEmpty();

    [Theory]
    [InlineData("evicted", "At 08:00:25 LiveKit pod lk-0 was evicted from node-0.")]
    [InlineData("deleting", "From 08:00:25 on LiveKit pod lk-0 was terminating.")]
    [InlineData("unschedulable", "From 08:00:25 on LiveKit pod lk-1 was not well: Unschedulable.")]
    [InlineData("node", "From 08:00:25 on node node-0 of LiveKit was not ready.")]
    [InlineData("autoscaler",
        "From 08:00:25 on the autoscaler could not scale LiveKit beyond 2 pods, its most, and they were busier than its target.")]
    [InlineData("rooms", "From 08:00:25 to 08:00:45 LiveKit did not answer (rooms): connection refused.")]
    public void At_the_time_of_the_trouble_is_the_cause_of_it(string what, string sentence)
    {
        _seen.Add(new RoomsSeen(At(20), [new RoomSeen("room-vm-01", 2, 1)], 0, 0));
        _seen.AddRange(what switch
        {
            "evicted" => [Pod(25) with { Evicted = true, Reason = "Evicted" }],
            "deleting" => [Pod(25) with { Deleting = true }],
            "unschedulable" => [Pod(25) with { Uid = "u1", Name = "lk-1", Node = null, Ready = false, Reason = "Unschedulable" }],
            "node" => [new NodeSeen(At(25), "node-0", false, null, 4, 16e9, false)],
            "autoscaler" => [new AutoscalerSeen(At(25), 1, 2, 2, 2, 95, 80, null)],
            _ => [new SourceLost(At(25), "rooms", "connection refused", null), new SourceBack(At(45), "rooms")],
        });

        var judgement = Run(stalled: true).Judgement;

        judgement.Verdict.ShouldBe(Verdict.Failed);
        judgement.Reason.ShouldEndWith(sentence);
        judgement.Advice.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(50)] // after it
    [InlineData(1e6)] // nothing happened
    public void Later_than_the_trouble_is_no_cause(double at)
    {
        _seen.Add(Pod(at) with { Evicted = true, Reason = "Evicted" });

        Run(stalled: true).Judgement.Reason.ShouldNotContain("evicted");
    }

    [Fact]
    public void That_never_answered_is_not_configured_and_did_not_happen()
    {
        _seen.Add(new SourceLost(At(0), "rooms", "connection refused", null));

        Run(stalled: true).Happenings.ShouldAllBe(happening => happening.Kind == HappeningKind.Stall);
    }

    [Fact]
    public void Is_on_the_page_and_in_the_Markdown()
    {
        _seen.Add(Pod(25) with { Restarts = 1, LastEnd = "OOMKilled" });
        var summary = Run(stalled: true);

        MarkdownSummary.Write(summary).ShouldContain("- 08:00:25: LiveKit pod lk-0 was restarted (OOMKilled)");
        ReportPage.Write(summary).ShouldContain("<dt>08:00:25</dt><dd>LiveKit pod lk-0 was restarted (OOMKilled)</dd>");
    }

    private RunSummary Run(bool stalled)
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000)).AddTo(_results);
        _results.Write("vm-01/metrics/samples.txt", HandmadeSamples.Text(Second.Each(80, second =>
            new Second { ReceivedBytes = stalled && second is >= 30 and < 40 ? 0 : 100_000 })));
        _results.Write(ObservationJson.File, [.. _seen.SelectMany(seen => ObservationJson.Line(seen).Append((byte)'\n'))]);
        return _results.Summarize("served>=99%");
    }

    private static DateTimeOffset At(double seconds) => Epoch.AddSeconds(seconds);

    private static double? Seconds(DateTimeOffset? at) => at is { } known ? Math.Round((known - Epoch).TotalSeconds, 3) : null;

    private static PodSeen Pod(double seconds) => new(At(seconds), "u0", "lk-0")
    {
        Node = "node-0", Phase = "Running", Ready = true, CreatedAt = Epoch.AddHours(-1), CpuLimitCores = 2, MemoryLimitBytes = 1e9,
    };
}
