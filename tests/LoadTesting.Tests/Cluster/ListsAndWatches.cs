using Microsoft.AspNetCore.Http;
using Reporting.Raw.Observations;
using static LoadTesting.Tests.Cluster.ScriptedCluster;

namespace LoadTesting.Tests.Cluster;

/// <summary>Lists of any length, watches that are resumed, and what of both is news.</summary>
public sealed class ListsAndWatches
{
    [Fact]
    public async Task A_thousand_pods_are_listed_in_four_pages()
    {
        await using var cluster = await StartAsync();
        cluster.On(Pods, PageOfAThousandAsync);

        var seen = await cluster.ObserveAsync($"watch {Pods}", 1);

        seen.OfType<PodSeen>().Select(pod => pod.Uid).Distinct().Count().ShouldBe(1000);
        var lists = cluster.Requests.Where(request => request.StartsWith($"{Pods}?", StringComparison.Ordinal)).ToList();
        lists.Count.ShouldBe(4);
        lists.ShouldAllBe(list => list.Contains("limit=250", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("speed", "slow")]
    public async Task However_many_pods_there_are_the_requests_of_a_minute_are_bounded_and_counted_in_the_report()
    {
        await using var cluster = await StartAsync();
        cluster.On(Pods, PageOfAThousandAsync);

        var observing = cluster.ObserveAsync(observation => observation is RequestsMade { Total: > 700 });
        for (var before = 0; !observing.IsCompleted; before = cluster.Requests.Count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, TestContext.Current.CancellationToken);
            if (cluster.Requests.Count == before)
                cluster.Leap(TimeSpan.FromSeconds(10)); // it holds back
        }

        var made = (await observing).OfType<RequestsMade>().Last();
        made.MostInAMinute.ShouldBeLessThanOrEqualTo(600);
        var times = cluster.Times.ToList();
        times.Max(from => times.Count(at => at >= from && at < from + TimeSpan.FromMinutes(1)))
            .ShouldBeLessThan(620, "600, and what was on its way when the minute began");
        cluster.Summary.ShouldNotBeNull().ShouldSatisfyAllConditions(
            summary => summary.Requests.ShouldBe(made.Total),
            summary => summary.MostRequestsInAMinute.ShouldBe(made.MostInAMinute));
    }

    [Fact]
    public async Task What_a_watch_tells_is_in_the_file_while_the_watch_goes_on()
    {
        await using var cluster = await StartAsync();
        cluster.On(Pods, Empty(300)).OnWatch(Pods, LeftOpen("401-watch-pods-install"));

        await cluster.ObserveAsync(observation => observation is PodSeen { Ready: true });

        cluster.Requests.Count(request => request.Contains($"{Pods}?", StringComparison.Ordinal)
            && !request.Contains("metrics.k8s.io", StringComparison.Ordinal))
            .ShouldBe(2, "one list and one watch, which is still open");
    }

    [Fact]
    public async Task A_bookmark_is_where_the_next_watch_begins()
    {
        await using var cluster = await StartAsync();
        cluster.On(Pods, Empty(8506)).OnWatch(Pods, "470-watch-apiserver-term");

        (await cluster.ObserveAsync($"watch {Pods}", 2)).OfType<PodSeen>().ShouldBeEmpty("a bookmark is no pod");

        cluster.Requests.Last(request => request.StartsWith($"watch {Pods}", StringComparison.Ordinal))
            .ShouldContain("resourceVersion=8512");
    }

    [Fact]
    public async Task Pods_that_a_watch_tells_again_at_its_beginning_are_no_new_pods()
    {
        await using var cluster = await StartAsync();
        cluster.On(Pods, Empty()).OnWatch(Pods, "443-watch-sendInitialEvents", "443-watch-sendInitialEvents");

        var seen = await cluster.ObserveAsync($"watch {Pods}", 3);

        seen.OfType<PodSeen>().Select(pod => pod.Name)
            .ShouldBe(["livekit-livekit-server-f597754bd-8qrx9", "livekit-livekit-server-f597754bd-twd8x"]);
    }

    [Fact]
    public async Task A_pod_on_its_way_out_is_ready_all_the_same()
    {
        await using var cluster = await StartAsync();
        cluster.On(Pods, Empty()).OnWatch(Pods, "431-watch-pods-notready");

        var seen = (await cluster.ObserveAsync($"watch {Pods}", 2)).OfType<PodSeen>().ToList();

        seen.ShouldContain(pod => pod.Deleting && pod.Ready && !pod.Gone);
        seen.ShouldContain(pod => pod.Evicted, "its node was lost");
    }

    [Fact]
    public async Task Usage_that_is_missing_is_neither_zero_nor_a_gap()
    {
        await using var cluster = await StartAsync();
        var samples = Recorded.Of("710-pod-metrics");
        cluster.On(PodMetrics, samples, samples.WithItems());

        var seen = await cluster.ObserveAsync(PodMetrics, 4);

        seen.OfType<UsageSeen>().Count().ShouldBe(samples.Names().Count, "those of the first answer");
        seen.OfType<SourceLost>().ShouldNotContain(lost => lost.Source == "pod metrics");
    }

    [Theory]
    [InlineData("23999742n", 0.023999742, "126186400", 126_186_400)]
    [InlineData("1997821161n", 1.997821161, "64Mi", 67_108_864)]
    [InlineData("22m", 0.022, "2547752Ki", 2_608_898_048)]
    [InlineData("7910m", 7.91, "1Gi", 1_073_741_824)]
    [InlineData("8", 8, "1e3", 1000)]
    [InlineData("150u", 0.00015, "2M", 2_000_000)]
    public async Task Quantities_are_read_in_every_form_that_they_come_in(string cpu, double cores, string memory, double bytes)
    {
        await using var cluster = await StartAsync();
        cluster.On(PodMetrics,
            """{"kind":"PodMetricsList","items":[{"metadata":{"name":"a"},"containers":[{"name":"c","usage":{"cpu":"[cpu]","memory":"[memory]"}}]}]}"""
            .Replace("[cpu]", cpu, StringComparison.Ordinal).Replace("[memory]", memory, StringComparison.Ordinal));

        var usage = (await cluster.ObserveAsync(PodMetrics, 2)).OfType<UsageSeen>().First();

        (usage.Cores, usage.Bytes, usage.SampledAt).ShouldBe((cores, bytes, null));
    }

    private static Task PageOfAThousandAsync(HttpContext context)
    {
        var from = int.Parse(context.Request.Query["continue"].FirstOrDefault() ?? "0");
        var to = from + int.Parse(context.Request.Query["limit"]!);
        var pods = Enumerable.Range(from, to - from)
            .Select(index => $$$"""{"metadata":{"name":"p{{{index}}}","uid":"u{{{index}}}"},"spec":{},"status":{"phase":"Running","podIP":"10.0.0.1"}}""");
        var next = to < 1000 ? $",\"continue\":\"{to}\"" : "";
        return context.Response.WriteAsync(
            $$$"""{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"7"{{{next}}}},"items":[{{{string.Join(',', pods)}}}]}""");
    }
}
