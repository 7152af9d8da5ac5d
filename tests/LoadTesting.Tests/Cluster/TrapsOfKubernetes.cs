using Reporting.Raw.Observations;
using static LoadTesting.Tests.Cluster.ScriptedCluster;

namespace LoadTesting.Tests.Cluster;

/// <summary>What a genuine API server was seen to do, answered again byte for byte, and what the observation makes of it.</summary>
public sealed class TrapsOfKubernetes
{
    [Fact]
    public async Task An_expired_watch_answers_200_and_an_error_line_and_is_begun_anew_with_a_list()
    {
        await using var cluster = await StartAsync();
        cluster.On(Pods, Recorded.Of("308-pods-under-load-1"))
            .OnWatch(Pods, "452-watch-old-rv-1", "457-watch-compacted-rv", "474-watch-resumed-after-term");

        var seen = await cluster.ObserveAsync($"watch {Pods}", 4);

        cluster.Requests.Count(request => request.StartsWith($"{Pods}?", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(4);
        seen.OfType<PodSeen>().Count().ShouldBe(3, "a pod that is listed again unchanged is not news");
        seen.OfType<SourceLost>().ShouldNotContain(lost => lost.Source == "pods");
    }

    [Fact]
    public async Task A_watch_that_ends_cleanly_is_resumed_where_it_stopped_and_hollow_bookmarks_are_no_pods()
    {
        await using var cluster = await StartAsync();
        cluster.On(Pods, Empty(300)).OnWatch(Pods, "401-watch-pods-install");

        var seen = await cluster.ObserveAsync($"watch {Pods}", 2);

        var watches = cluster.Requests.Where(request => request.StartsWith($"watch {Pods}", StringComparison.Ordinal)).ToList();
        watches[0].ShouldContain("resourceVersion=300");
        watches[1].ShouldNotContain("resourceVersion=300");
        var first = seen.OfType<PodSeen>().First();
        (first.Phase, first.Node, first.Ready, first.Restarts).ShouldBe(("Pending", null, false, 0));
        seen.OfType<PodSeen>().Last().Ready.ShouldBeTrue();
        seen.OfType<PodSeen>().ShouldAllBe(pod => pod.Name.StartsWith("livekit"));
    }

    [Fact]
    public async Task A_watch_that_breaks_off_is_a_gap_that_a_list_ends()
    {
        await using var cluster = await StartAsync();
        cluster.On(Pods, Recorded.Of("308-pods-under-load-1")).OnWatch(Pods, "460-watch-apiserver-kill");

        var seen = await cluster.ObserveAsync($"watch {Pods}", 2);

        seen.OfType<SourceLost>().Single(lost => lost.Source == "pods").Needs.ShouldBeNull();
        seen.OfType<SourceBack>().ShouldContain(back => back.Source == "pods");
        seen.OfType<PodSeen>().Count().ShouldBe(3);
    }

    [Fact]
    public async Task Who_may_list_but_not_watch_lists_again_and_again()
    {
        await using var cluster = await StartAsync();
        cluster.On(Autoscalers, Recorded.Of("260-hpa-list-all")).OnWatch(Autoscalers, Recorded.Of("637-observer-hpa-watch-forbidden"));

        var seen = await cluster.ObserveAsync(Autoscalers, 3);

        seen.OfType<AutoscalerSeen>().ShouldHaveSingleItem();
        seen.OfType<SourceLost>().ShouldNotContain(lost => lost.Source == "horizontalpodautoscalers");
    }

    [Fact]
    public async Task What_may_not_be_read_is_written_down_with_the_right_that_is_missing_and_the_rest_goes_on()
    {
        await using var cluster = await StartAsync();
        cluster.On(Pods, Recorded.Of("308-pods-under-load-1")).On(Nodes, Recorded.Of("632-observer-nodes-list"))
            .On(Events, Recorded.Of("634-observer-events-list"))
            .On(PodMetrics, Recorded.Of("638-observer-pod-metrics")).On(NodeMetrics, Recorded.Of("639-observer-node-metrics"));

        var seen = await cluster.ObserveAsync(Nodes, 3);

        var lost = seen.OfType<SourceLost>().Single(gap => gap.Source == "nodes");
        lost.Why.ShouldStartWith("forbidden: nodes is forbidden");
        lost.Needs.ShouldBe("get,list,watch on nodes");
        seen.OfType<SourceLost>().Single(gap => gap.Source == "events").Needs.ShouldBe("get,list,watch on events");
        seen.OfType<SourceLost>().Single(gap => gap.Source == "node metrics").Needs.ShouldBe("get,list on nodes.metrics.k8s.io");
        seen.OfType<PodSeen>().ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("701-metrics-missing-pods", "404: 404 page not found")]
    [InlineData("705-apiservice-down-pods", "503: service unavailable")]
    [InlineData("724-metrics-server-just-killed", "503: error trying to reach service")]
    [InlineData("1010-get-etcd-stalled", "504: ")]
    [InlineData("450-list-future-rv", "504: Timeout: Too large resource version")]
    public async Task An_answer_that_is_no_Status_is_a_gap_like_any_other_until_there_are_samples(string transcript, string why)
    {
        await using var cluster = await StartAsync();
        cluster.On(PodMetrics, Recorded.Of(transcript), Recorded.Of(transcript), Recorded.Of("710-pod-metrics"));

        var seen = await cluster.ObserveAsync(PodMetrics, 4);

        seen.OfType<SourceLost>().Single(lost => lost.Source == "pod metrics").Why.ShouldStartWith(why);
        seen.OfType<SourceBack>().ShouldContain(back => back.Source == "pod metrics");
        var usage = seen.OfType<UsageSeen>().First();
        usage.Cores.ShouldBeInRange(0.001, 2);
        usage.SampledAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Who_is_told_to_ask_less_waits_as_long_as_he_is_told()
    {
        await using var cluster = await StartAsync();
        cluster.On(PodMetrics, Recorded.Of("1001-too-many-requests"), Recorded.Of("719-pod-metrics-under-load"));

        var seen = await cluster.ObserveAsync(PodMetrics, 3);

        var lost = seen.OfType<SourceLost>().Single(gap => gap.Source == "pod metrics");
        lost.Why.ShouldStartWith("429: ");
        var back = seen.OfType<SourceBack>().Single(gap => gap.Source == "pod metrics");
        (back.At - lost.At).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(0.9), "Retry-After was one second, the interval is 50 ms");
    }

    [Fact]
    public async Task A_list_in_pages_is_read_to_its_end_and_begun_anew_when_its_token_expires()
    {
        await using var cluster = await StartAsync();
        cluster.On(Pods, Page(1, "t1"), Recorded.Of("520-continue-expired"), Page(1, "t2"), Page(2, "t3"), Page(3, null));

        var seen = await cluster.ObserveAsync($"watch {Pods}", 1);

        seen.OfType<PodSeen>().Select(pod => pod.Uid).ShouldBe(["u1", "u2", "u3"]);
        cluster.Requests.ShouldContain(request => request.Contains("continue=t3", StringComparison.Ordinal));
        cluster.Requests.ShouldNotContain(request => request.Contains("continue=eyJ", StringComparison.Ordinal),
            "with the token of the 410 answer pods are missed or seen twice (recording 521)");
        cluster.Requests.Where(request => request.StartsWith($"{Pods}?", StringComparison.Ordinal))
            .ShouldAllBe(request => request.Contains("limit=250", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pod_that_was_killed_for_memory_crashes_or_was_evicted_says_so_although_its_phase_is_Running()
    {
        await using var cluster = await StartAsync();
        cluster.On(Pods, Empty()).OnWatch(Pods, "420-watch-pods-real-kubelet");

        var pods = (await cluster.ObserveAsync($"watch {Pods}", 2)).OfType<PodSeen>().ToLookup(pod => pod.Name);

        pods["oom"].ShouldContain(pod => pod.Restarts == 1 && pod.LastEnd == "OOMKilled" && pod.LastExitCode == 137);
        pods["oom"].ShouldContain(pod => pod.Phase == "Running" && pod.Reason == "CrashLoopBackOff" && !pod.Ready);
        pods["evict"].Last()
            .ShouldSatisfyAllConditions(pod => pod.Evicted.ShouldBeTrue(), pod => pod.Reason.ShouldBe("Evicted"),
            pod => pod.Phase.ShouldBe("Failed"));
        pods["noimage"].Last().Reason.ShouldBe("ImagePullBackOff");
        pods["slow"].Last().Gone.ShouldBeTrue();
    }

    [Fact]
    public async Task A_LiveKit_that_ends_with_exit_code_0_for_its_configuration_is_seen_to_crash()
    {
        await using var cluster = await StartAsync();
        cluster.On(Pods, Empty()).OnWatch(Pods, "421-watch-pods-crashloop");

        var last = (await cluster.ObserveAsync($"watch {Pods}", 2)).OfType<PodSeen>().Last();

        (last.Reason, last.LastEnd, last.LastExitCode, last.Restarts).ShouldBe(("CrashLoopBackOff", "Completed", 0, 5));
    }

    [Fact]
    public async Task Pods_that_were_evicted_by_the_API_are_evicted_though_nobody_calls_them_so()
    {
        await using var cluster = await StartAsync();
        cluster.On(Pods, Recorded.Of("337-pods-evicted-by-api"));

        (await cluster.ObserveAsync($"watch {Pods}", 1)).OfType<PodSeen>().ShouldContain(pod => pod.Evicted);
    }

    [Fact]
    public async Task An_autoscaler_without_metrics_has_none_and_not_zero()
    {
        await using var cluster = await StartAsync();
        cluster.On(Autoscalers, Empty()).OnWatch(Autoscalers, "402-watch-hpa-install", "412-watch-hpa-loadtest");

        var seen = (await cluster.ObserveAsync($"watch {Autoscalers}", 3)).OfType<AutoscalerSeen>().ToList();

        (seen[0].Utilization, seen[0].Target, seen[0].Trouble)
            .ShouldBe((null, 60, null), "just created: no conditions, currentMetrics null");
        seen.ShouldContain(one => one.Utilization == null && (one.Trouble ?? "").StartsWith("FailedGetResourceMetric"));
        seen.ShouldContain(one => one.Utilization > 60 && one.Wanted == 5 && one.Current == 3);
        seen.ShouldAllBe(one => one.Most == 5, "a bookmark would say 0");
    }

    [Fact]
    public async Task Events_of_both_kinds_have_their_time()
    {
        await using var cluster = await StartAsync();
        cluster.On(Events, Recorded.Of("340-events-core-list")).OnWatch(Events, "404-watch-events-core-install");

        var seen = (await cluster.ObserveAsync($"watch {Events}", 2)).OfType<EventSeen>().ToList();

        seen.ShouldNotBeEmpty();
        seen.ShouldAllBe(one => one.HappenedAt.Year == 2026 && (one.Type == "Warning" || one.Reason == "SuccessfulRescale"));
        seen.ShouldAllBe(one => one.Count >= 1);
    }

    [Fact]
    public async Task A_node_has_its_quantities_and_is_seen_to_be_not_ready_and_ready_again()
    {
        await using var cluster = await StartAsync();
        cluster.On(Nodes, Recorded.Of("320-nodes-list")).OnWatch(Nodes, "430-watch-nodes-notready");

        var seen = (await cluster.ObserveAsync($"watch {Nodes}", 2)).OfType<NodeSeen>().ToList();

        var node = seen.Where(one => one.Name == "lk-node-6").ToList();
        node.Select(one => one.Ready).ShouldBe([true, false, true]);
        node[0].AllocatableCores.ShouldBe(7.91);
        node[0].AllocatableBytes.ShouldBe(14_880_996L * 1024);
    }

    [Fact]
    public async Task LiveKits_metrics_come_through_the_proxy_of_each_pod_by_port_number()
    {
        await using var cluster = await StartAsync();
        var pods = Recorded.Of("308-pods-under-load-1");
        var names = pods.Names();
        cluster.On(Pods, pods);
        foreach (var name in names)
            cluster.On($"{Pods}/{name}:6789/proxy/metrics", Recorded.Of("801-pod-proxy-livekit-metrics"));

        var seen = await cluster.ObserveAsync($"{Pods}/{names[0]}:6789/proxy/metrics", 3);

        seen.OfType<LiveKitSeen>().Select(one => one.Pod).Distinct().ShouldBe(names, ignoreOrder: true);
        seen.OfType<LiveKitSeen>().First().Metrics.ResidentBytes.ShouldNotBeNull().ShouldBeGreaterThan(1e6);
    }

    [Theory]
    [InlineData("640-observer-pod-proxy-forbidden", "forbidden: ", "get on pods/proxy")]
    [InlineData("831-pod-proxy-observer-without-right", "forbidden: ", "get on pods/proxy")]
    [InlineData("811-pod-proxy-refused", "503: ", null)]
    [InlineData("817-pod-proxy-loopback-ip", "400: address not allowed", null)]
    [InlineData("818-pod-proxy-backend-404", "404: 404 here", null)]
    [InlineData("819-pod-proxy-backend-500", "500: internal", null)]
    [InlineData("820-pod-proxy-backend-redirect", "302: ", null)]
    [InlineData("821-pod-proxy-backend-redirect-absolute", "302: ", null)]
    public async Task A_proxy_that_gives_no_metrics_is_a_gap_and_a_redirect_is_not_followed(string transcript, string why, string? needs)
    {
        await using var cluster = await StartAsync();
        var pods = Recorded.Of("308-pods-under-load-1");
        var names = pods.Names();
        cluster.On(Pods, pods);
        foreach (var name in names)
            cluster.On($"{Pods}/{name}:6789/proxy/metrics", Recorded.Of(transcript));

        var lost = (await cluster.ObserveAsync($"{Pods}/{names[0]}:6789/proxy/metrics", 3)).OfType<SourceLost>()
            .First(gap => gap.Source == "LiveKit's metrics");

        lost.Why.ShouldStartWith(why);
        lost.Needs.ShouldBe(needs);
        cluster.Requests.ShouldAllBe(
            request => !request.Contains("/proxy", StringComparison.Ordinal)
            || request.EndsWith(":6789/proxy/metrics", StringComparison.Ordinal),
            "no redirect is followed, no port is asked for by its name");
    }

    private static Recorded Page(int pod, string? next) => new("GET", "", 200, [KeyValuePair.Create("Content-Type", "application/json")],
        "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"7\""
            + (next is null ? "" : $",\"continue\":\"{next}\"")
        + "},\"items\":[{\"metadata\":{\"name\":\"p" + pod + "\",\"uid\":\"u" + pod + "\"},\"spec\":{},\"status\":{}}]}");
}
