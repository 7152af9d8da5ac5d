using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rehearsal.Kubernetes;

namespace Benchmarks;

/// <summary>
/// An API server with as many pods and nodes as wanted, each a copy of a recorded one, in which something happens every second.
/// </summary>
internal sealed class BigCluster
{
    private readonly JsonNode[] _pods;
    private readonly JsonNode[] _nodes;
    private readonly ILookup<string, JsonNode> _recorded;
    private readonly string _podMetrics;
    private readonly string _nodeMetrics;
    private readonly string _scrape;
    private readonly Func<int, Task> _happened;

    private BigCluster(string recordings, int pods, int nodes, Func<int, Task> happened)
    {
        _happened = happened;
        _recorded = File.ReadLines(Path.Combine(recordings, "timeline.ndjson")).Select(line => JsonNode.Parse(line)!)
            .ToLookup(line => (string)line["kind"]!, line => line["object"]!);
        _pods = Copies(_recorded["pods"].Last(pod => pod["status"]!.ToJsonString().Contains("\"ready\":true", StringComparison.Ordinal)),
            pods, "pod");
        _nodes = Copies(_recorded["nodes"].First(), nodes, "node");
        for (var i = 0; i < pods; i++)
            _pods[i]["spec"]!["nodeName"] = $"node-{i % nodes}";
        _podMetrics = List(Copies(_recorded["podmetrics"].Last()["items"]![0]!, pods, "pod"), null);
        _nodeMetrics = List(Copies(_recorded["nodemetrics"].Last()["items"]![0]!, nodes, "node"), null);
        _scrape = File.ReadAllText(Path.Combine(recordings, "metrics", "healthy", "after.prom"));
    }

    /// <summary>Starts one.</summary>
    /// <param name="recordings">The folder of the recordings.</param>
    /// <param name="pods">How many pods.</param>
    /// <param name="nodes">How many nodes.</param>
    /// <param name="happened">Is told each time a pod is restarted: the pod has as many restarts then as there were in all.</param>
    public static Task<ApiServer> StartAsync(string recordings, int pods, int nodes, Func<int, Task> happened) =>
        ApiServer.StartAsync(new BigCluster(recordings, pods, nodes, happened).AnswerAsync, TimeProvider.System, CancellationToken.None);

    private static JsonNode[] Copies(JsonNode recorded, int count, string name) =>
    [
        .. Enumerable.Range(0, count).Select(index =>
        {
            var copy = recorded.DeepClone();
            copy["metadata"]!["name"] = $"{name}-{index}";
            copy["metadata"]!["uid"] = $"{name}-uid-{index}";
            return copy;
        }),
    ];

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var kind = path.Split('/')[^1];
        context.Response.ContentType = path.Contains("/proxy/", StringComparison.Ordinal) ? "text/plain" : "application/json";
        if (path.Contains("/proxy/", StringComparison.Ordinal))
            return context.Response.WriteAsync(_scrape);
        if (path.Contains("metrics.k8s.io", StringComparison.Ordinal))
            return context.Response.WriteAsync(kind == "nodes" ? _nodeMetrics : _podMetrics);
        if (context.Request.Query["watch"] == "true")
            return WatchAsync(context, kind);

        var named = path.Split('/')[^2];
        return named == "configmaps"
            ? context.Response.WriteAsync(_recorded[named].First().ToJsonString())
            : ListAsync(context, Objects(kind));
    }

    private JsonNode[] Objects(string kind) => kind switch
    {
        "pods" => _pods,
        "nodes" => _nodes,
        "deployments" or "horizontalpodautoscalers" => [_recorded[kind].First()],
        _ => [.. _recorded[kind].Where(item => item["metadata"]?["uid"] is not null)],
    };

    private static Task ListAsync(HttpContext context, JsonNode[] objects)
    {
        var from = int.Parse(context.Request.Query["continue"].FirstOrDefault() ?? "0", CultureInfo.InvariantCulture);
        var limit = int.TryParse(context.Request.Query["limit"], out var given) ? given : objects.Length;
        return context.Response.WriteAsync(List(objects.Skip(from).Take(limit), from + limit < objects.Length ? from + limit : null));
    }

    private static string List(IEnumerable<JsonNode> objects, int? next) => new JsonObject
    {
        ["kind"] = "List",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject
        {
            ["resourceVersion"] = "1", ["continue"] = next?.ToString(CultureInfo.InvariantCulture),
        },
        ["items"] = new JsonArray([.. objects.Select(item => item.DeepClone())]),
    }.ToJsonString();

    /// <summary>A pod is restarted each second; each node says that it is well every ten.</summary>
    private async Task WatchAsync(HttpContext context, string kind)
    {
        await context.Response.StartAsync(context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        var pause = kind switch { "pods" => TimeSpan.FromSeconds(1), "nodes" => TimeSpan.FromSeconds(10.0 / _nodes.Length),
            _ => Timeout.InfiniteTimeSpan };
        try
        {
            for (var count = 1; ; count++)
            {
                await Task.Delay(pause, TimeProvider.System, context.RequestAborted);
                var item = kind == "pods" ? _pods[count % _pods.Length] : _nodes[count % _nodes.Length];
                if (kind == "pods")
                    item["status"]!["containerStatuses"]![0]!["restartCount"] = count;
                await context.Response.WriteAsync($$"""{"type":"MODIFIED","object":{{item.ToJsonString()}}}{{'\n'}}""",
                    context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                if (kind == "pods")
                    await _happened(count);
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever watched has gone.
        }
    }
}
