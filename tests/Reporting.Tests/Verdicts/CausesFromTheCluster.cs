using Reporting.Judging;
using Reporting.Raw.Lk;
using Reporting.Summary;

namespace Reporting.Tests.Verdicts;

/// <summary>What the cluster went through is named where it explains the trouble, and nowhere else.</summary>
public sealed class CausesFromTheCluster
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1.99, 2.0, true)]
    [InlineData(1.9, 2.0, true)]
    [InlineData(1.8, 2.0, false)]
    [InlineData(1.99, null, false)] // without a limit
    public void A_pod_at_its_limit_of_processors_is_one(double used, double? limit, bool named) =>
        Of(new ClusterPod { Name = "lk-0", Restarts = 0, Evicted = false, CoresMost = used, CoresLimit = limit }, []).Any().ShouldBe(named);

    [Theory]
    [InlineData(0, "connection refused", true)]
    [InlineData(80, "connection refused", true)] // soon after it
    [InlineData(-30, "connection refused", false)] // long before it
    [InlineData(0, "x509: certificate signed by unknown authority", false)]
    [InlineData(0, "invalid API key", false)]
    [InlineData(0, "too many open files", false)]
    [InlineData(0, "no route to host", false)]
    public void A_pod_at_its_limit_explains_what_LiveKit_did_at_that_time(int hurtAt, string error, bool named) => ClusterCauses.Of(
        Report.Samples.Healthy with
        {
            Stalls = [],
            Happenings = [new Happening(Noon, Noon.AddSeconds(30), HappeningKind.PodAtLimit, "LiveKit pod lk-0 used 2 of 2 cores")],
            Cluster = new ClusterSummary
            {
                ObservedFrom = Noon, ObservedTo = Noon.AddMinutes(5),
                Pods = [new ClusterPod { Name = "lk-0", Restarts = 0, Evicted = false, CoresMost = 2, CoresLimit = 2 }],
            },
        },
        [
            new Finding(Verdict.Failed, $"3 participants could not join: {error}")
            {
                Participants = 3, From = Noon.AddSeconds(hurtAt), To = Noon.AddSeconds(hurtAt), Cause = ErrorCause.Of(error),
            },
        ]).Any().ShouldBe(named);

    [Theory]
    [InlineData(5, true)]
    [InlineData(60, true)]
    [InlineData(-10, true)] // seen late
    [InlineData(61, false)]
    [InlineData(-16, false)]
    public void A_restart_is_one_when_people_were_hurt_soon_after_it(int secondsLater, bool named) =>
        Of(new ClusterPod { Name = "lk-0", Restarts = 1, Evicted = false },
            [new PodRestart(Noon, "lk-0", "OOMKilled")], Noon.AddSeconds(secondsLater)).Any().ShouldBe(named);

    [Fact]
    public void A_restart_of_which_nobody_took_notice_is_none() =>
        Of(new ClusterPod { Name = "lk-0", Restarts = 1, Evicted = false }, [new PodRestart(Noon, "lk-0", null)]).ShouldBeEmpty();

    [Theory]
    [InlineData(1, 2, "other load on this LiveKit: up to 1 room with 2 participants")]
    [InlineData(2, 1, "other load on this LiveKit: up to 2 rooms with 1 participant")]
    [InlineData(1_200, 41, "other load on this LiveKit: up to 1,200 rooms with 41 participants")]
    public void Other_load_is_noticed_with_its_rooms_and_participants(int rooms, int participants, string sentence) =>
        ClusterFindings.Of(Report.Samples.Healthy with
        {
            Cluster = Report.Samples.Healthy.Cluster! with { OtherRooms = rooms, OtherParticipants = participants },
        }).Select(finding => finding.What).ShouldContain(sentence);

    private static IEnumerable<ClusterCause> Of(ClusterPod pod, IReadOnlyList<PodRestart> restarts, DateTimeOffset? hurtAt = null) =>
        ClusterCauses.Of(
            Report.Samples.Healthy with
            {
                Stalls = [],
                Cluster = new ClusterSummary
                {
                    ObservedFrom = Noon, ObservedTo = Noon.AddMinutes(5), Pods = [pod], RestartsSeen = restarts,
                },
            },
            [new Finding(Verdict.Failed, "1 participant lost its room and came back") { Participants = 1, From = hurtAt, To = hurtAt }]);
}
