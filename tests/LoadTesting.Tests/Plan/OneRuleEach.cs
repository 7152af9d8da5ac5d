using System.Reflection;
using LoadTesting.Phases;
using Reporting.Judging;
using Reporting.Summary;
using Reporting.Text;

namespace LoadTesting.Tests.Plan;

/// <summary>Facts that more than one place tells.</summary>
public sealed class OneRuleEach
{
    private static readonly string Docs = Path.GetFullPath(Path.Combine(
        typeof(OneRuleEach).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "ProjectDirectory").Value!, "..", "..", "docs"));

    [Fact]
    public void A_generator_is_busy_at_the_same_share_in_the_verdict_the_default_threshold_and_the_docs()
    {
        Threshold.Parse(new ResultsParameters().Thresholds, out _)
            .Single(threshold => threshold.Metric.Name == "generator-cpu").Limit.ShouldBe(GeneratorFigures.BusyRatio);
        foreach (var page in new[] { "reference/metrics.md", "guides/big-tests.md" })
            File.ReadAllText(Path.Combine(Docs, page)).ShouldContain(Format.Show(GeneratorFigures.BusyRatio, Unit.Ratio));
    }

    [Fact]
    public void The_plan_writes_ranges_and_bit_rates_as_the_report_does()
    {
        var rows = new PlanPhase(new LoadTestParameters
        {
            Fleet = new FleetParameters { Name = "fleet", InstanceCount = 1 },
            Load = new LoadParameters { ParticipantsPerVm = 100, AudioPublishersPerVm = 10, VideoPublishersPerVm = 0 },
        }, new LoadTesting.Providers.OpenStack.OpenStackProvider(new(), new()),
            new(Kubernetes: true, Metrics: false)).Rows().ToDictionary(row => row.Name, row => row.Value);

        rows["Tracks"].ShouldBe("540 subscribed");
        rows["Traffic"].ShouldMatch(@"^about [0-9.]+ Mbps to the VMs, [0-9.]+ kbps from them$");
    }
}
