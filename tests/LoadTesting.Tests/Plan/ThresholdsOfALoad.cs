using LoadTesting.Phases;
using LoadTesting.Plan;
using LoadTesting.Providers.OpenStack;

namespace LoadTesting.Tests.Plan;

/// <summary>A threshold that nothing could measure is refused where it was given, and named where it is a default.</summary>
public sealed class ThresholdsOfALoad
{
    private static readonly ReadOfCluster Everything = new(Kubernetes: true, Metrics: true);
    private static readonly ReadOfCluster Nothing = new(Kubernetes: false, Metrics: false);
    private static readonly LoadParameters Both = new();
    private static readonly LoadParameters VideoOnly = new() { AudioPublishersPerVm = 0, VideoPublishersPerVm = 5 };
    private static readonly LoadParameters AudioOnly = new() { VideoPublishersPerVm = 0 };
    private static readonly LoadParameters PublishersOnly = new() { AudioPublishersPerVm = 5, SubscribersPerVm = 0 };
    private static readonly LoadParameters SubscribersOnly =
        new() { AudioPublishersPerVm = 0, VideoPublishersPerVm = 0, SubscribersPerVm = 10 };

    public static TheoryData<string, LoadParameters, ReadOfCluster, string> Refused { get; } = new()
    {
        { "audio-delivery>=99%", VideoOnly, Everything, "no audio is published" },
        { "audio-delivery>=95%", VideoOnly, Everything, "no audio is published" },
        { "video-delivery(room)>=90%", AudioOnly, Everything, "no video is published" },
        { "video-delivery>=90%", PublishersOnly, Everything, "no participant subscribes" },
        { "max(time-to-first-track)<5s", PublishersOnly, Everything, "no participant subscribes" },
        { "bitrate>=1mbps", SubscribersOnly, Everything, "no participant publishes" },
        { "pods.restarts==0", Both, new(Kubernetes: false, Metrics: true), "there is no kubeconfig" },
        { "livekit.rtt<200ms", Both, Nothing, "there is neither a kubeconfig nor --livekit-metrics-url" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void One_that_was_given_and_that_nothing_could_measure_is_refused(
        string threshold, LoadParameters load, ReadOfCluster cluster, string why)
    {
        var problem = Problems($"served>=99%, {threshold}", load, cluster).ShouldHaveSingleItem();

        (problem.Parameter, problem.Given).ShouldBe(("--thresholds", threshold));
        problem.Expected.ShouldEndWith(why);
    }

    [Fact]
    public void All_of_them_are_refused_at_once() =>
        Problems("audio-delivery>=95%, pods.restarts==0, served>=99%", VideoOnly, Nothing).Select(problem => problem.Given)
            .ShouldBe(["audio-delivery>=95%", "pods.restarts==0"]);

    [Theory]
    [InlineData("livekit.packet-loss<2%, livekit.rtt<200ms")]
    [InlineData("served>=99%, connected(room)>=99%, p95(join-time)<5s, generator-cpu<80%")]
    public void One_that_the_load_can_measure_is_not(string thresholds) =>
        Problems(thresholds, PublishersOnly, new(Kubernetes: false, Metrics: true)).ShouldBeEmpty();

    [Fact]
    public void A_default_is_not_refused_and_the_plan_names_it_with_the_reason()
    {
        var parameters = new LoadTestParameters { Load = VideoOnly };

        ThresholdChecks.Problems(parameters.Results, PlanPhase.Plan(parameters), Nothing).ShouldBeEmpty();
        new PlanPhase(parameters, new OpenStackProvider(new(), new()), Nothing).Rows().ShouldContain(("", "not judged: "
            + "audio-delivery>=95% (no audio is published); "
            + "livekit.packet-loss<2% (there is neither a kubeconfig nor --livekit-metrics-url)"));
    }

    private static IReadOnlyList<ParameterProblem> Problems(string thresholds, LoadParameters load, ReadOfCluster cluster)
    {
        var parameters = new LoadTestParameters
        {
            Load = load,
            Results = new ResultsParameters { Thresholds = thresholds, ThresholdsGiven = true },
        };
        return ThresholdChecks.Problems(parameters.Results, PlanPhase.Plan(parameters), cluster);
    }
}
