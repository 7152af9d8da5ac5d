using Reporting.Raw.Observations;
using static LoadTesting.Tests.Cluster.ScriptedCluster;

namespace LoadTesting.Tests.Cluster;

/// <summary>What never answers, breaks off in the middle or is started anew costs a gap, and nothing else.</summary>
public sealed class HangsAndRestarts
{
    private static readonly Recorded ThreePods = Recorded.Of("308-pods-under-load-1");
    private static readonly IReadOnlyList<string> Metrics = [.. ThreePods.Names().Select(name => $"{Pods}/{name}:6789/proxy/metrics")];

    [Fact]
    public async Task A_pod_that_hangs_behind_the_proxy_is_named_and_the_others_go_on()
    {
        await using var cluster = await StartAsync();
        var scrape = Recorded.Of("801-pod-proxy-livekit-metrics");
        cluster.On(Pods, ThreePods).On(Metrics[0], cluster.Hang(TimeSpan.FromSeconds(6))).On(Metrics[1], scrape).On(Metrics[2], scrape);

        var seen = await cluster.ObserveAsync(
            observation => observation is SourceLost lost && lost.Why == $"1 of 3 pods: no answer in time: {ThreePods.Names()[0]}");

        seen.OfType<LiveKitSeen>().Select(one => one.Pod).Distinct().ShouldBe(ThreePods.Names().Skip(1), ignoreOrder: true);
    }

    [Fact]
    public async Task Pods_that_all_hang_are_one_gap_while_the_rest_is_observed()
    {
        await using var cluster = await StartAsync();
        cluster.On(Pods, ThreePods).On(PodMetrics, Recorded.Of("710-pod-metrics"));
        foreach (var path in Metrics)
            cluster.On(path, cluster.Hang(TimeSpan.FromSeconds(6)));

        var seen = await cluster.ObserveAsync([(Metrics[0], 2), (PodMetrics, 2)]);

        var lost = seen.OfType<SourceLost>().Single(gap => gap.Source == "LiveKit's metrics");
        (lost.Why, lost.Needs).ShouldBe(("no answer in time", null));
        seen.OfType<UsageSeen>().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_pod_that_dies_in_the_middle_of_its_metrics_is_a_gap()
    {
        await using var cluster = await StartAsync();
        cluster.On(Pods, ThreePods);
        foreach (var path in Metrics)
            cluster.On(path, BreakOff("livekit_room_total 3"));

        (await cluster.ObserveAsync(Metrics[0], 2)).OfType<SourceLost>()
            .First(lost => lost.Source == "LiveKit's metrics").Why.ShouldStartWith("the connection broke");
    }

    [Fact]
    public async Task A_list_that_is_broken_off_without_an_answer_is_a_gap_until_there_is_one()
    {
        await using var cluster = await StartAsync();
        cluster.On(Pods, BreakOff(), ThreePods.WriteAsync);

        var seen = await cluster.ObserveAsync($"watch {Pods}", 1);

        seen.OfType<SourceLost>().Single(lost => lost.Source == "pods").Why.ShouldStartWith("the connection broke");
        seen.OfType<SourceBack>().ShouldContain(back => back.Source == "pods");
        seen.OfType<PodSeen>().Count().ShouldBe(3);
    }

    [Fact]
    public async Task A_watch_that_is_silent_for_longer_than_bookmarks_are_apart_is_asked_for_again_where_it_was()
    {
        await using var cluster = await StartAsync();
        cluster.On(Pods, Empty(300)).OnWatch(Pods, cluster.Silence(TimeSpan.FromSeconds(91)));

        var seen = await cluster.ObserveAsync($"watch {Pods}", 2);

        cluster.Requests.Where(request => request.StartsWith($"watch {Pods}", StringComparison.Ordinal))
            .ShouldAllBe(request => request.Contains("resourceVersion=300", StringComparison.Ordinal));
        seen.OfType<SourceLost>().ShouldNotContain(lost => lost.Source == "pods", "quiet is no fault");
    }

    [Fact]
    public async Task Credentials_that_expire_in_the_middle_are_a_gap_that_no_right_would_close()
    {
        await using var cluster = await StartAsync();
        cluster.On(PodMetrics, Recorded.Of("710-pod-metrics"), Recorded.Of("607-bad-token"), Recorded.Of("607-bad-token"),
            Recorded.Of("710-pod-metrics"));

        var seen = await cluster.ObserveAsync(PodMetrics, 5);

        var lost = seen.OfType<SourceLost>().Single(gap => gap.Source == "pod metrics");
        (lost.Why, lost.Needs).ShouldBe(("not accepted (401): bad or expired credentials", null));
        seen.OfType<SourceBack>().ShouldContain(back => back.Source == "pod metrics");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_API_server_that_is_killed_or_says_goodbye_in_the_middle_of_a_watch_is_found_again(bool killed)
    {
        await using var cluster = await StartAsync();
        cluster.On(Pods, ThreePods.WithItems(), ThreePods).OnWatch(Pods, cluster.Restart(killed), StreamOf("474-watch-resumed-after-term"));

        var seen = await cluster.ObserveAsync($"watch {Pods}", 3);

        cluster.Protocol.ShouldBe("HTTP/2", "so that goodbye is a GOAWAY");
        seen.OfType<PodSeen>().Count().ShouldBe(3, "what came into being meanwhile is in the list after it");
        seen.OfType<SourceLost>().Where(lost => lost.Source == "pods").ShouldAllBe(lost => lost.Needs == null);
    }
}
