using System.Text.RegularExpressions;
using Rehearsal.Hosts;

namespace Rehearsal.Kubernetes;

/// <summary>
/// A Kubernetes cluster with a LiveKit, replayed from recordings in its own time and with the load that the machines play: lists, watches,
/// metrics and the proxy to LiveKit's metrics, behind TLS and a token.
/// </summary>
public sealed partial class ReplayedCluster : IAsyncDisposable
{
    private const double IdleBytes = 128_281_262, BytesOfParticipant = 1_000_000;

    private readonly ClusterScenario _scenario;
    private readonly Timeline _timeline;
    private readonly RecordedScrapes _scrapes;
    private readonly PlayedLoad? _load;
    private readonly TimeProvider _time;

    private ReplayedCluster(string folder, string scenario, PlayedLoad? load, TimeProvider time)
    {
        (_scenario, _load, _time) = (new ClusterScenario(scenario), load, time);
        _scrapes = RecordedScrapes.Read(Path.Combine(folder, "metrics"), scenario);
        _timeline = Timeline.Read(Path.Combine(folder, "timeline.ndjson"), _scenario, time,
            since => load?.KilledAt(since, time.GetUtcNow()));
    }

    /// <summary>Its API server.</summary>
    public ApiServer Server { get; private set; } = null!;

    /// <summary>Starts it. The replay begins with the first request for pods.</summary>
    /// <param name="recordings">The folder of the recordings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Cancels the start.</param>
    /// <param name="before">Middleware in front of the answers; null: none.</param>
    /// <param name="load">The load that the hosts replay; null: none.</param>
    /// <param name="scenario">What goes wrong.</param>
    public static async Task<ReplayedCluster> StartAsync(string recordings, TimeProvider time, CancellationToken cancellation,
        Func<RequestDelegate, RequestDelegate>? before = null, PlayedLoad? load = null, string scenario = "healthy")
    {
        var cluster = new ReplayedCluster(Path.Combine(recordings, "cluster"), scenario, load, time);
        cluster.Server = await ApiServer.StartAsync(before?.Invoke(cluster.AnswerAsync) ?? cluster.AnswerAsync, time, cancellation);
        return cluster;
    }

    /// <summary>Writes a kubeconfig for it, which only its owner can read.</summary>
    /// <returns>Its path.</returns>
    public string WriteKubeconfig(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "kubeconfig");
        File.Delete(path);
        File.WriteAllText(path, "");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(path, Server.Kubeconfig());
        return path;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (Proxy().Match(path) is { Success: true } proxied)
            return ScrapeAsync(context, proxied.Groups["pod"].Value);
        if (Metrics().Match(path) is { Success: true } metrics)
            return WriteAsync(context, "application/json", Usage(metrics.Groups["kind"].Value == "nodes"));
        if (Listed().Match(path) is { Success: true } listed)
            return context.Request.Query["watch"] == "true"
                ? WatchAsync(context, listed.Groups["kind"].Value)
                : ListAsync(context, listed.Groups["kind"].Value);

        return Named().Match(path) is { Success: true } named && _timeline.Objects(named.Groups["kind"].Value) is [var found, ..]
            ? WriteAsync(context, "application/json", found)
            : NotFoundAsync(context);
    }

    private Task ScrapeAsync(HttpContext context, string pod)
    {
        var now = _time.GetUtcNow();
        var killed = _scenario.IsKilled(pod) ? _timeline.KilledAt : null;
        if (killed is not null && (!_scenario.ComesBack || _load?.IsBack(now) == false))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return WriteAsync(context, "text/plain; charset=utf-8", "error trying to reach service: connect: connection refused\n");
        }

        var began = killed ?? _timeline.Beginning;
        var rooms = RoomsOf(pod, now);
        return WriteAsync(context, "text/plain; version=0.0.4; charset=utf-8", _scrapes.Text(
            Sum(rooms), rooms.Count, _load?.Since(began, now, room => ClusterScenario.IsOn(pod, room)) ?? RoomLoad.None, began));
    }

    /// <summary>What pods or nodes use, by metrics.k8s.io: what the load on them takes.</summary>
    private string Usage(bool ofNodes)
    {
        var now = _time.GetUtcNow();
        var pods = _timeline.Objects("pods").Select(text => JsonNode.Parse(text)!)
            .Select(pod => (Name: (string)pod["metadata"]!["name"]!, Node: (string?)pod["spec"]!["nodeName"]))
            .Where(pod => pod.Node is not null)
            .Select(pod => (pod.Name, pod.Node, Participants: Sum(RoomsOf(pod.Name, now)).Participants));
        return new JsonObject
        {
            ["kind"] = ofNodes ? "NodeMetricsList" : "PodMetricsList",
            ["apiVersion"] = "metrics.k8s.io/v1beta1",
            ["metadata"] = new JsonObject(),
            ["items"] = new JsonArray([.. pods.Select(pod => Used(ofNodes, ofNodes ? pod.Node! : pod.Name, now, pod.Participants))]),
        }.ToJsonString();
    }

    private JsonObject Used(bool ofNode, string name, DateTimeOffset now, double participants)
    {
        var usage = new JsonObject
        {
            ["cpu"] = $"{_scenario.Cores(participants) * 1e9:0}n",
            ["memory"] = $"{IdleBytes + (BytesOfParticipant * participants):0}",
        };
        var used = new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "livekit" },
            ["timestamp"] = now.ToString("yyyy-MM-ddTHH:mm:ssZ"),
            ["window"] = "10s",
        };
        if (ofNode)
            used["usage"] = usage;
        else
            used["containers"] = new JsonArray(new JsonObject { ["name"] = "livekit-server", ["usage"] = usage });
        return used;
    }

    private List<PlayedRoom> RoomsOf(string pod, DateTimeOffset now) =>
        [.. _load?.At(now).Where(room => room.Load.Participants > 0 && ClusterScenario.IsOn(pod, room.Name)) ?? []];

    private static RoomLoad Sum(IEnumerable<PlayedRoom> rooms) => RoomLoad.Sum(rooms.Select(room => room.Load));

    private Task ListAsync(HttpContext context, string kind) => WriteAsync(context, "application/json",
        $$"""{"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"{{_timeline.Version.ToString()}}"},"items":[{{string.Join(',', _timeline.Objects(kind))}}]}""");

    private async Task WatchAsync(HttpContext context, string kind)
    {
        var version = int.TryParse(context.Request.Query["resourceVersion"], out var wanted) ? wanted : 0;
        context.Response.ContentType = "application/json";
        await context.Response.StartAsync(context.RequestAborted);
        try
        {
            await foreach (var happening in _timeline.AfterAsync(kind, version, context.RequestAborted))
            {
                await context.Response.WriteAsync($"{happening}\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The watcher has disconnected.
        }
    }

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return WriteAsync(context, "text/plain; charset=utf-8", "404 page not found\n");
    }

    private static Task WriteAsync(HttpContext context, string type, string text)
    {
        context.Response.ContentType = type;
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    [GeneratedRegex("^/api/v1/namespaces/livekit/pods/(?<pod>[^/:]+)(:[0-9]+)?/proxy/", RegexOptions.ExplicitCapture)]
    private static partial Regex Proxy();

    [GeneratedRegex("^/apis/metrics.k8s.io/v1beta1/(namespaces/livekit/)?(?<kind>pods|nodes)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Metrics();

    [GeneratedRegex("^/api(s/[a-z.0-9]+)?/v[12]/(namespaces/livekit/)?(?<kind>[a-z]+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Listed();

    [GeneratedRegex("^/api(s/[a-z.0-9]+)?/v[12]/namespaces/livekit/(?<kind>[a-z]+)/[^/]+$", RegexOptions.ExplicitCapture)]
    private static partial Regex Named();
}
