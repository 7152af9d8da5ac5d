using System.IO.Compression;
using System.Text;
using Reporting.Raw.Observations;
using static LoadTesting.Tests.Cluster.ScriptedCluster;

namespace LoadTesting.Tests.Cluster;

/// <summary>What genuine objects lack, or have in another place than one would look, is neither zero nor a fault.</summary>
public sealed class WhatObjectsLack
{
    [Fact]
    public async Task Pods_for_which_no_node_has_a_free_port_are_Unschedulable_and_not_counted_as_ready_whatever_the_autoscaler_says()
    {
        await using var cluster = await StartAsync();
        cluster.On(Pods, Recorded.Of("310-pods-under-load-3"));

        var pods = (await cluster.ObserveAsync($"watch {Pods}", 1)).OfType<PodSeen>().ToList();

        pods.Count.ShouldBe(5, "what the autoscaler calls its replicas");
        pods.Count(pod => pod.Ready).ShouldBe(3);
        pods.Where(pod => !pod.Ready).ShouldAllBe(pod => pod.Reason == "Unschedulable" && pod.Node == null && pod.Phase == "Pending");
        cluster.Summary.ShouldNotBeNull().ReadyMost.ShouldBe(3);
    }

    [Fact]
    public async Task A_pod_without_an_address_is_not_asked_for_metrics()
    {
        await using var cluster = await StartAsync();
        var pods = Recorded.Of("310-pods-under-load-3");
        cluster.On(Pods, pods);

        var ready = (await cluster.ObserveAsync(PodMetrics, 5)).OfType<PodSeen>().Where(pod => pod.Ready).Select(pod => pod.Name).ToList();

        cluster.Requests.Where(request => request.Contains("/proxy/", StringComparison.Ordinal))
            .ShouldAllBe(request => ready.Exists(name => request.Contains(name, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_schedulers_events_have_microseconds_and_no_first_or_last_time()
    {
        await using var cluster = await StartAsync();
        var events = Recorded.Of("346-events-failed-scheduling");
        cluster.On(Events, events);

        var seen = (await cluster.ObserveAsync($"watch {Events}", 1)).OfType<EventSeen>().ToList();

        seen.Count.ShouldBe(events.Names().Count);
        seen.ShouldAllBe(one => one.Reason == "FailedScheduling" && one.Message.Contains("didn't have free ports")
            && one.HappenedAt.Microsecond + one.HappenedAt.Millisecond > 0);
    }

    [Fact]
    public async Task A_sample_of_usage_is_as_old_as_it_says_and_not_as_young_as_the_request()
    {
        await using var cluster = await StartAsync();
        cluster.On(PodMetrics,
            Recorded.Of("710-pod-metrics").Body.Replace("\"creationTimestamp\": \"2026", "\"creationTimestamp\": \"2036",
            StringComparison.Ordinal));

        var seen = await cluster.ObserveAsync(PodMetrics, 2);

        seen.OfType<UsageSeen>().ShouldNotBeEmpty();
        seen.OfType<UsageSeen>().ShouldAllBe(usage => usage.SampledAt!.Value.Year == 2026);
        cluster.Requests.ShouldNotContain(request => request.StartsWith("watch /apis/metrics.k8s.io", StringComparison.Ordinal),
            "it answers 405");
    }

    [Fact]
    public async Task An_autoscaler_that_has_no_metrics_for_a_moment_is_no_gap_and_no_finding()
    {
        await using var cluster = await StartAsync();
        cluster.On(Autoscalers, Empty()).OnWatch(Autoscalers, "412-watch-hpa-loadtest");

        var seen = await cluster.ObserveAsync($"watch {Autoscalers}", 2);

        seen.OfType<AutoscalerSeen>().ShouldContain(one => one.Trouble != null);
        cluster.Summary!.Gaps.ShouldNotContain(gap => gap.Source == "horizontalpodautoscalers");
        cluster.Summary.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("440-watch-timeoutSeconds")]
    [InlineData("449-watch-missing-namespace")]
    public async Task A_watch_that_ends_cleanly_without_any_event_is_resumed_where_it_began(string transcript)
    {
        await using var cluster = await StartAsync();
        cluster.On(Pods, Empty(300)).OnWatch(Pods, transcript, transcript);

        var seen = await cluster.ObserveAsync($"watch {Pods}", 3);

        seen.OfType<SourceLost>().Where(lost => lost.Source == "pods").Select(lost => lost.Why).ShouldBeEmpty();
        cluster.Requests.Where(request => request.StartsWith($"watch {Pods}", StringComparison.Ordinal))
            .ShouldAllBe(request => request.Contains("resourceVersion=300", StringComparison.Ordinal));
        cluster.Requests.Count(request => request.StartsWith($"{Pods}?", StringComparison.Ordinal))
            .ShouldBe(1, "nothing was missed that a list would tell");
    }

    [Fact]
    public async Task A_proxy_that_closes_the_connection_without_an_answer_as_it_does_for_the_name_of_a_port_is_a_gap()
    {
        await using var cluster = await StartAsync();
        var pods = Recorded.Of("308-pods-under-load-1");
        cluster.On(Pods, pods);
        foreach (var name in pods.Names())
            cluster.On($"{Pods}/{name}:6789/proxy/metrics", BreakOff());

        var lost = (await cluster.ObserveAsync($"{Pods}/{pods.Names()[0]}:6789/proxy/metrics", 2)).OfType<SourceLost>()
            .First(gap => gap.Source == "LiveKit's metrics");

        (lost.Why.StartsWith("the connection broke", StringComparison.Ordinal), lost.Needs).ShouldBe((true, null));
    }

    [Fact]
    public async Task An_API_server_that_is_still_starting_is_given_the_time_that_it_asks_for()
    {
        await using var cluster = await StartAsync();
        var starting = new Recorded("GET", PodMetrics, 503,
            [KeyValuePair.Create("Content-Type", "application/json"), KeyValuePair.Create("Retry-After", "5")],
            """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"the request has been made before all known HTTP paths have been installed, please try again","reason":"ServiceUnavailable","details":{"retryAfterSeconds":5},"code":503}""");
        cluster.On(PodMetrics, starting, Recorded.Of("710-pod-metrics"));

        var observing = cluster.ObserveAsync(observation => observation is SourceBack { Source: "pod metrics" });
        while (!cluster.Requests.Any(request => request.StartsWith(PodMetrics, StringComparison.Ordinal)))
            await Task.Yield();
        cluster.Leap(TimeSpan.FromSeconds(5));
        var seen = await observing;

        seen.OfType<SourceLost>().Single(lost => lost.Source == "pod metrics").Why.ShouldStartWith("503: the request has been made before");
        (seen.OfType<SourceBack>().Single(back => back.Source == "pod metrics").At - seen.OfType<SourceLost>()
            .Single(lost => lost.Source == "pod metrics").At).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(4.9));
    }

    [Fact]
    public async Task Long_lists_come_compressed_to_those_who_say_that_they_can_read_them()
    {
        await using var cluster = await StartAsync();
        cluster.On(Pods, async context =>
        {
            context.Request.Headers.AcceptEncoding.ToString().ShouldContain("gzip");
            context.Response.Headers.ContentEncoding = "gzip";
            await using var packed = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await packed.WriteAsync(Encoding.UTF8.GetBytes(Recorded.Of("308-pods-under-load-1").Body));
        });

        (await cluster.ObserveAsync($"watch {Pods}", 1)).OfType<PodSeen>().Count().ShouldBe(3);
    }
}
