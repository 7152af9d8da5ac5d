using System.Text.Json;
using System.Text.RegularExpressions;
using static LoadTesting.Tests.Cluster.ScriptedCluster;

namespace LoadTesting.Tests.Cluster;

/// <summary>The Role in docs/guides/kubernetes-access.md is enough, and none of its rights is for nothing.</summary>
public sealed partial class RightsInTheGuide
{
    [Fact]
    public async Task Are_those_of_the_requests_that_are_really_made()
    {
        var given = Rights(await File.ReadAllTextAsync(
            Path.Combine(Recorded.Folder, "..", "..", "..", "docs", "guides", "kubernetes-access.md"),
            TestContext.Current.CancellationToken));
        var used = await UsedAsync();

        used.Except(given).ShouldBeEmpty("the guide gives every right that a request takes");
        given.Where(right => right.Verb != "get" || right.Resource is "configmaps" or "pods/proxy").Except(used)
            .ShouldBeEmpty("the guide gives none that no request takes");
    }

    private static async Task<IReadOnlyList<Right>> UsedAsync()
    {
        await using var cluster = await StartAsync();
        var pods = Recorded.Of("308-pods-under-load-1");
        cluster.On(Pods, pods);
        var name = JsonDocument.Parse(pods.Body).RootElement.GetProperty("items")[0].GetProperty("metadata").GetProperty("name")
            .GetString();
        string[] watched = [Pods, Nodes, Events, Autoscalers, "/apis/apps/v1/namespaces/livekit/deployments"];
        await cluster.ObserveAsync(
            [($"{Pods}/{name}:6789/proxy/metrics", 2), (PodMetrics, 1), (NodeMetrics, 1), .. watched.Select(path => ($"watch {path}", 1))]);
        return [.. cluster.Requests.Select(Used).Distinct()];
    }

    private static Right Used(string request)
    {
        var match = Request().Match(request);
        var verb = match.Groups["watch"].Success ? "watch" : match.Groups["name"].Success ? "get" : "list";
        return new Right(match.Groups["group"].Value, match.Groups["proxy"].Success ? "pods/proxy" : match.Groups["kind"].Value, verb);
    }

    private static List<Right> Rights(string guide) =>
    [
        .. Rule().Matches(guide)
            .SelectMany(rule => Words(rule, "resources")
            .SelectMany(resource => Words(rule, "verbs").Select(verb => new Right(Words(rule, "groups")[0], resource, verb)))),
    ];

    private static string[] Words(Match rule, string group) => [.. rule.Groups[group].Value.Split(", ").Select(word => word.Trim('"'))];

    [GeneratedRegex(@"^- \{apiGroups: \[(?<groups>[^\]]*)\], resources: \[(?<resources>[^\]]*)\], verbs: \[(?<verbs>[^\]]*)\]\}",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rule();

    [GeneratedRegex(
        @"^(?<watch>watch )?/api(s/(?<group>[a-z.0-9]+))?/v[a-z0-9]+/(namespaces/[a-z]+/)?(?<kind>[a-z]+)"
        + @"(/(?<name>[^/?]+)(?<proxy>/proxy/[a-z]*)?)?(\?.*)?$",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Request();

    private sealed record Right(string Group, string Resource, string Verb);
}
