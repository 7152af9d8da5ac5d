using System.Text;
using Reporting.Judging;
using Reporting.Summary;

namespace Reporting.Tests.Verdicts;

/// <summary>Every recorded run as a results folder: what was in trouble never passes, what was healthy never fails.</summary>
public sealed class EveryRecordedRun
{
    /// <summary>The default ones but for the generator's CPU: most recordings have no samples of their hosts.</summary>
    private static readonly string Defaults = DefaultThresholds.Text.Replace(", generator-cpu<80%", "", StringComparison.Ordinal);

    public static TheoryData<string> ProcessIssues { get; } = [.. Named(
        "05-subscribers-only", "07-", "08-", "09-missing", "10-missing-url-nothing", "12-", "13-bad-codec", "13-bad-duration",
            "13-bad-number", "13-cloud", "13-help", "13-version", "13-no-arguments", "14-",
        "15-sigint", "15-sigterm", "15-sigkill", "15-sighup-mid", "15-sigquit", "15-two", "16-", "17-server-restarted", "18-", "21-loss",
            "22-", "23-", "24-", "28-nofile-256", "29-stdout")];

    public static TheoryData<string> Healthy { get; } = [.. Named(
        "01-", "02-vm-20-", "02-vm-50-", "02-vm-100-", "06-", "13-bad-resolution", "19-", "25-", "26-", "fleet",
        "15-sighup-ignored", "17-server-sigterm")];

    /// <summary>Processes of one run: recordings in folders beside each other.</summary>
    public static TheoryData<string> HealthyFleets { get; } =
        ["lk/2.16.4/fleet", "lk/2.16.4/fleet-medium", "lk/2.16.4/fleet-high", "lk/2.16.4/20-shared-room-two-prefixes"];

    [Theory]
    [MemberData(nameof(ProcessIssues))]
    public void Trouble_never_passes(string name)
    {
        var judgement = Judge(Capture.Of(name));

        judgement.Verdict.ShouldNotBe(Verdict.Passed, judgement.Reason);
        judgement.Reason.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Healthy))]
    public void Health_never_fails(string name)
    {
        var judgement = Judge(Capture.Of(name));

        judgement.Verdict.ShouldNotBe(Verdict.Failed, judgement.Reason);
    }

    [Theory]
    [MemberData(nameof(HealthyFleets))]
    public void A_healthy_fleet_never_fails(string folder)
    {
        var judgement = Judge(Of(folder));

        judgement.Verdict.ShouldNotBe(Verdict.Failed, judgement.Reason);
    }

    [Fact]
    public void Participants_kicked_out_by_others_of_the_same_name_never_pass()
    {
        Judge(Of("lk/2.16.4/20-shared-room-same-prefix")).Verdict.ShouldBe(Verdict.Failed);
    }

    [Theory]
    [InlineData("1.5.2")]
    [InlineData("2.4.9")]
    [InlineData("2.16.4")]
    [InlineData("2.18.2")] // 2.3.0 does not say what it took from the environment
    public void A_healthy_test_of_the_wrong_server_fails(string version)
    {
        var judgement = Judge(Capture.Of($"lk/{version}/10-missing-url-server-on-localhost"));

        judgement.Verdict.ShouldBe(Verdict.Failed);
        judgement.Reason.ShouldContain("http://localhost:7880");
    }

    [Fact]
    public void A_generator_that_was_the_bottleneck_is_inconclusive_and_named()
    {
        using var results = RecordedRun.Of([Capture.Of("lk/2.16.4/02-vm-320-participants-saturated")]);
        results.Write("vm-01/metrics/samples.txt", HostCapture.Saturated.SamplesTxt());

        var summary = results.Summarize(Defaults);

        summary.Judgement.Verdict.ShouldBe(Verdict.Inconclusive);
        summary.Judgement.Reason.ShouldStartWith("1 of 1 load generator was the bottleneck itself: vm-01, ");
        summary.Hosts.ShouldHaveSingleItem().SaturatedBy.ShouldNotBeNull();
    }

    [Fact]
    public void A_generator_without_descriptors_is_named_without_any_sample()
    {
        var judgement = Judge(Capture.Of("lk/2.18.2/28-nofile-256"));

        judgement.Verdict.ShouldBe(Verdict.Inconclusive);
        judgement.Reason.ShouldContain("lk had no file descriptor left");
        judgement.StillHolds.ShouldBeNull();
    }

    [Fact]
    public void Saturation_that_nobody_sampled_does_not_pass_either()
    {
        Judge(Capture.Of("lk/2.16.4/02-vm-320-participants-saturated")).Verdict.ShouldNotBe(Verdict.Passed);
    }

    [Fact]
    public void A_generator_that_kept_up_passes_with_all_default_thresholds()
    {
        using var results = RecordedRun.Of([Capture.Of("lk/2.16.4/02-vm-50-participants")]);
        results.Write("vm-01/metrics/samples.txt", HostCapture.Healthy.SamplesTxt());

        var judgement = results.Summarize(Defaults + ", generator-cpu<80%").Judgement;

        judgement.Verdict.ShouldBe(Verdict.Passed, judgement.Reason);
    }

    [Fact]
    public void Has_the_verdict_and_the_reason_of_the_golden_file()
    {
        var verdicts = new StringBuilder();
        foreach (var name in Capture.Names("lk"))
        {
            var judgement = Judge(Capture.Of(name));
            verdicts.Append(name).Append('\n').Append("    ").Append(judgement.Verdict).Append(": ").Append(judgement.Reason).Append('\n');
        }

        verdicts.ToString().ShouldBeAsIn(Path.Combine(Golden.ProjectDirectory, "Verdicts", "Golden", "every-recorded-run.txt"));
    }

    private static IEnumerable<string> Named(params string[] beginnings) =>
        Capture.Names("lk").Where(
            name => Array.Exists(beginnings, beginning => name.Split('/')[2].StartsWith(beginning, StringComparison.Ordinal)));

    private static Capture[] Of(string folder) => [.. Capture.Names(folder).Select(Capture.Of)];

    private static Judgement Judge(params Capture[] captures)
    {
        using var results = RecordedRun.Of(captures);
        return results.Summarize(Defaults).Judgement;
    }
}
