using System.Text.RegularExpressions;

namespace Rehearsal.Kubernetes;

/// <summary>
/// A Kubernetes cluster with a LiveKit that is scaled and restarted, replayed from recordings in its own time: lists, watches,
/// metrics and the proxy to LiveKit's metrics, behind TLS and a token.
/// </summary>
public sealed partial class ReplayedCluster : IAsyncDisposable
{
    private static readonly TimeSpan BetweenScrapes = TimeSpan.FromSeconds(5);

    private readonly Timeline _timeline;
    private readonly IReadOnlyList<string> _scrapes;
    private readonly TimeProvider _time;

    private ReplayedCluster(Timeline timeline, IReadOnlyList<string> scrapes, TimeProvider time) =>
        (_timeline, _scrapes, _time) = (timeline, scrapes, time);

    /// <summary>Its API server.</summary>
    public ApiServer Server { get; private set; } = null!;

    /// <summary>Starts it. The replay begins with the first request for pods.</summary>
    /// <param name="recordings">The folder of the recordings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Cancels the start.</param>
    /// <param name="before">Middleware in front of the answers; null: none.</param>
    public static async Task<ReplayedCluster> StartAsync(
        string recordings, TimeProvider time, CancellationToken cancellation, Func<RequestDelegate, RequestDelegate>? before = null)
    {
        var folder = Path.Combine(recordings, "cluster");
        var scrapes = Directory.GetFiles(Path.Combine(folder, "metrics")).Order(StringComparer.Ordinal).Select(File.ReadAllText).ToList();
        var cluster = new ReplayedCluster(Timeline.Read(Path.Combine(folder, "timeline.ndjson"), time), scrapes, time);
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
        if (Proxy().IsMatch(path))
            return WriteAsync(context, "text/plain; version=0.0.4; charset=utf-8", Scrape());
        if (Metrics().Match(path) is { Success: true } metrics)
            return WriteAsync(context, "application/json",
                _timeline.Objects(metrics.Groups["kind"].Value == "nodes" ? "nodemetrics" : "podmetrics") is [.., var latest]
                ? latest
                : """{"kind":"PodMetricsList","items":[]}""");
        if (Listed().Match(path) is { Success: true } listed)
            return context.Request.Query["watch"] == "true"
                ? WatchAsync(context, listed.Groups["kind"].Value)
                : ListAsync(context, listed.Groups["kind"].Value);

        return Named().Match(path) is { Success: true } named && _timeline.Objects(named.Groups["kind"].Value) is [var found, ..]
            ? WriteAsync(context, "application/json", found)
            : NotFoundAsync(context);
    }

    private string Scrape()
    {
        var index = (int)((_time.GetUtcNow() - _timeline.Beginning) / BetweenScrapes);
        return _scrapes[Math.Clamp(index, 0, _scrapes.Count - 1)];
    }

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

    [GeneratedRegex("^/api/v1/namespaces/livekit/pods/[^/]+/proxy/", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Proxy();

    [GeneratedRegex("^/apis/metrics.k8s.io/v1beta1/(namespaces/livekit/)?(?<kind>pods|nodes)$", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Metrics();

    [GeneratedRegex("^/api(s/[a-z.0-9]+)?/v[12]/(namespaces/livekit/)?(?<kind>[a-z]+)$", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listed();

    [GeneratedRegex("^/api(s/[a-z.0-9]+)?/v[12]/namespaces/livekit/(?<kind>[a-z]+)/[^/]+$", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Named();
}
