using Reporting.Raw.Manifest;
using Reporting.Summary;
using Reporting.Text;

namespace Reporting.Tests.Verdicts;

/// <summary>Nothing measured is never a pass, and whoever loses a file does not get a better verdict for it.</summary>
public sealed class WhatIsMissing : IDisposable
{
    private const string Thresholds = "audio-delivery>=95%, packet-loss<3%, connected>=99%";

    private readonly ResultsFolder _results = new();

    public static TheoryData<string> Metrics { get; } = [.. Judging.Metrics.All.Select(metric => metric.Name)];

    public static TheoryData<string, string> ProcessIssues { get; } = new()
    {
        { "outage", "vm-02/logs/lk-1.stdout" },
        { "outage", "vm-02/logs/lk-1.stdout.times" },
        { "outage", "vm-02/metrics/samples.txt" },
        { "saturated", "vm-02/logs/lk-1.stdout" },
        { "saturated", "vm-02/logs/lk-1.stdout.times" },
        { "saturated", "vm-02/metrics/samples.txt" },
    };

    public void Dispose() => _results.Dispose();

    [Theory]
    [MemberData(nameof(Metrics))]
    public void A_threshold_of_which_nothing_was_measured_is_inconclusive(string metric)
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000)).AddTo(_results);
        foreach (var file in _results.Files)
            _results.Drop(file);

        foreach (var comparison in (string[])["<", ">="])
        {
            var summary = _results.Summarize($"{metric}{comparison}{Limit(metric)}");

            summary.Thresholds.ShouldHaveSingleItem().Outcome.ShouldBe(ThresholdOutcome.Unmeasured);
            summary.Judgement.Verdict.ShouldBe(Verdict.Inconclusive);
        }
    }

    [Theory]
    [InlineData("connected>=99%", ThresholdOutcome.Unmeasured)]
    [InlineData("audio-delivery>=95%", ThresholdOutcome.Unmeasured)]
    [InlineData("p95(join-time)<100s", ThresholdOutcome.Unmeasured)]
    [InlineData("p95(join-time)<0.1ms", ThresholdOutcome.Failed)]
    public void A_threshold_that_holds_where_one_host_said_nothing_is_inconclusive_and_one_that_fails_has_failed(string threshold,
        ThresholdOutcome outcome)
    {
        foreach (var host in (string[])["vm-01", "vm-02"])
            new HandmadeLk(host, Received.Audio(0, 2, 3000)).AddTo(_results);
        _results.Drop("vm-02/logs/lk-1.stdout");

        var result = _results.Summarize(threshold).Thresholds.ShouldHaveSingleItem();

        result.Outcome.ShouldBe(outcome);
        result.Value.ShouldNotBeNull();
        result.Note.ShouldBe("not measured at vm-02");
    }

    [Theory]
    [InlineData("audio", "Video delivered", "No video is published.")]
    [InlineData("video", "Audio delivered", "No audio is published.")]
    [InlineData("none", "Tracks subscribed", "No participant subscribes.")]
    public void What_the_load_does_not_have_is_told_so(string kind, string what, string why)
    {
        new HandmadeLk("vm-01", kind switch
        {
            "audio" => [Received.Audio(0, 2, 3000)],
            "video" => [Received.Video(0, 2, 900)],
            _ => [],
        }).AddTo(_results);

        _results.Summarize("served>=99%").NotMeasured.ShouldContain(new Unmeasured(what, why));
    }

    [Fact]
    public void A_run_without_a_threshold_is_inconclusive()
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000)).AddTo(_results);

        _results.Summarize("connected>=99%").Judgement.Verdict.ShouldBe(Verdict.Passed);
        ResultsReport.Summarize(Manifest(), Path.GetTempPath(), [],
            DateTimeOffset.UnixEpoch).Judgement.Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Fact]
    public void One_subscriber_without_a_bitrate_leaves_that_of_all_unknown()
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000)).AddTo(_results);
        (new HandmadeLk("vm-02", Received.Audio(0, 2, 3000)) { Bitrate = "NaNmbps" }).AddTo(_results);

        var summary = _results.Summarize(Thresholds);

        summary.Fleet.ReceivedBitsPerSecond.ShouldBeNull();
        summary.Hosts.Select(host => host.Media.ReceivedBitsPerSecond).ShouldBe([10_000, null]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // a link to it
    public async Task A_pipe_in_the_place_of_a_file_has_nothing_to_say_and_nobody_waits_for_it(bool link)
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000)).AddTo(_results);
        _results.Drop("vm-01/logs/lk-1.stdout");
        var (pipe, file) = (_results.PathOf("pipe"), _results.PathOf("vm-01/logs/lk-1.stdout"));
        using (var made = System.Diagnostics.Process.Start("mkfifo", [link ? pipe : file]))
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (link)
            File.CreateSymbolicLink(file, pipe);

        var summary = await Task.Run(() => _results.Summarize(Thresholds), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        summary.Judgement.Verdict.ShouldBe(Verdict.Failed);
        summary.Fleet.ParticipantsConnected.ShouldBeNull();
    }

    [Fact]
    public void A_run_that_was_ended_early_is_inconclusive()
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000)).AddTo(_results);
        _results.EndedEarly = "Ctrl+C";

        _results.Summarize(Thresholds).Judgement.Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Theory]
    [InlineData(55, Verdict.Inconclusive)] // 53 s of 60 s
    [InlineData(57, Verdict.Passed)]
    public void A_process_that_held_the_load_for_less_than_nine_tenths_is_inconclusive(double endedAt, Verdict verdict)
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, 5000)) { EndedAt = endedAt }.AddTo(_results);

        _results.Summarize(Thresholds).Judgement.Verdict.ShouldBe(verdict);
    }

    [Fact]
    public void Publishers_alone_print_no_tables_and_are_held_to_their_time_all_the_same()
    {
        new HandmadeLk("vm-01") { EndedAt = 30 }.AddTo(_results);
        new HandmadeLk("vm-02") { EndedAt = 62 }.AddTo(_results);

        _results.Summarize("connected>=99%").Processes.Select(process => process.Trouble)
            .ShouldBe(["held the load for 28 s of 60 s", null]);
    }

    [Fact]
    public void A_run_with_all_its_files_passes()
    {
        Two(new HandmadeLk("vm-02", Received.Audio(0, 2, 3000)), new Second());

        _results.Summarize(Thresholds).Judgement.Verdict.ShouldBe(Verdict.Passed);
    }

    [Theory]
    [InlineData(50, Verdict.Inconclusive)] // of 62
    [InlineData(58, Verdict.Passed)]
    public void Samples_that_end_before_the_steady_state_does_leave_open_whether_the_host_kept_up(int last, Verdict verdict)
    {
        Two(new HandmadeLk("vm-02", Received.Audio(0, 2, 3000)), new Second());
        _results.Write("vm-02/metrics/samples.txt", HandmadeSamples.Text(Second.Each(last, _ => new Second())));

        var judgement = _results.Summarize(Thresholds).Judgement;

        judgement.Verdict.ShouldBe(verdict);
        if (verdict == Verdict.Inconclusive)
            judgement.Reason.ShouldBe(
                "No samples of the last 12 s of the steady state came from vm-02: whether they kept up is not known.");
    }

    [Theory]
    [InlineData("vm-02/logs/lk-1.stdout")]
    [InlineData("vm-02/logs/lk-1.stdout.times")]
    [InlineData("vm-02/metrics/samples.txt")]
    public void Without_one_of_its_files_it_does_not(string file)
    {
        Two(new HandmadeLk("vm-02", Received.Audio(0, 2, 3000)), new Second());
        _results.Drop(file);

        var judgement = _results.Summarize(Thresholds).Judgement;

        judgement.Verdict.ShouldBe(Verdict.Inconclusive);
        judgement.Reason.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(ProcessIssues))]
    public void Losing_the_witness_of_a_trouble_makes_nothing_pass(string trouble, string file)
    {
        if (trouble == "outage")
            Two(new HandmadeLk("vm-02", Received.Audio(0, 2, 100)), new Second());
        else
            Two(new HandmadeLk("vm-02", Received.Audio(0, 2, 3000)), new Second { Cpu = 1 });
        _results.Summarize(Thresholds).Judgement.Verdict.ShouldNotBe(Verdict.Passed);

        _results.Drop(file);

        _results.Summarize(Thresholds).Judgement.Verdict.ShouldNotBe(Verdict.Passed);
    }

    private static string Limit(string metric) => Judging.Metrics.Find(metric)!.Unit switch
    {
        Unit.Ratio => "50%",
        Unit.Seconds => "1s",
        Unit.BitsPerSecond => "1kbps",
        _ => "1",
    };

    private static RunManifest Manifest() => new()
    {
        RunId = "run", Fleet = "fleet", Cloud = "inventory", ToolVersion = "0",
        Plan = new RunPlan { DurationSeconds = 60, RampUpSeconds = 2, Own = ResultsFolder.Media(), Processes = [] },
    };

    /// <summary>A healthy host and the second one as given.</summary>
    private void Two(HandmadeLk second, Second every)
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000)).AddTo(_results);
        second.AddTo(_results);
        _results.Write("vm-01/metrics/samples.txt", HandmadeSamples.Text(Second.Each(80, _ => new Second())));
        _results.Write("vm-02/metrics/samples.txt", HandmadeSamples.Text(Second.Each(80, _ => every)));
    }
}
