using System.Collections.Concurrent;
using System.Text.Json;
using LoadTesting.Cluster;
using LoadTesting.Cluster.Observing;
using LoadTesting.LiveKit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Rehearsal.Kubernetes;
using Reporting;
using Reporting.Raw.Manifest;
using Reporting.Raw.Observations;
using Reporting.Summary;

namespace LoadTesting.Tests.Cluster;

/// <summary>An API server that answers each path as it is told to, in turn, and an observation of it through the real client.</summary>
internal sealed class ScriptedCluster : IAsyncDisposable
{
    public const string Pods = "/api/v1/namespaces/livekit/pods";
    public const string Nodes = "/api/v1/nodes";
    public const string Events = "/api/v1/namespaces/livekit/events";
    public const string Autoscalers = "/apis/autoscaling/v2/namespaces/livekit/horizontalpodautoscalers";
    public const string PodMetrics = "/apis/metrics.k8s.io/v1beta1/namespaces/livekit/pods";
    public const string NodeMetrics = "/apis/metrics.k8s.io/v1beta1/nodes";
    /// <summary>An API secret in the recorded ConfigMap.</summary>
    private const string RecordedSecret = "yEopAOelH2xN9jGKEHyNghqozwuGDJ58FRsGGMXGJnb";
    private const string Deployments = "/apis/apps/v1/namespaces/livekit/deployments";

    private static readonly RunManifest Manifest = new()
    {
        RunId = "run", Fleet = "f", Cloud = "c", ToolVersion = "1",
        Plan = new RunPlan { DurationSeconds = 1, RampUpSeconds = 1, Own = ResultsFolder.Media(), Processes = [] },
    };

    private readonly ConcurrentDictionary<string, ConcurrentQueue<RequestDelegate>> _scripts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Asked> _asked = new(StringComparer.Ordinal);
    private readonly DirectoryInfo _results = Directory.CreateTempSubdirectory("observation");
    private readonly HttpClient _http = new();
    private readonly RecordingLog _log = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 23, 30, 0, TimeSpan.Zero));
    private readonly CancellationTokenSource _end = new();
    private Task _clock = Task.CompletedTask;
    private Task _restart = Task.CompletedTask;
    private ApiServer _server = null!;

    /// <summary>What the requests were, in order, with their queries.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>When each of them came, on the clock of the observation.</summary>
    public ConcurrentQueue<DateTimeOffset> Times { get; } = new();

    /// <summary>What the report would say of it.</summary>
    public ClusterSummary? Summary => ResultsReport.Summarize(Manifest, _results.FullName, [], DateTimeOffset.UnixEpoch).Cluster;

    /// <summary>What the last request came by, <c>HTTP/2</c>.</summary>
    public string? Protocol { get; private set; }

    public static async Task<ScriptedCluster> StartAsync()
    {
        var cluster = new ScriptedCluster();
        cluster._clock = RunOnAsync(cluster._time, cluster._end.Token);
        cluster._server = await ApiServer.StartAsync(cluster.AnswerAsync, TimeProvider.System, TestContext.Current.CancellationToken);
        cluster.On(Deployments, Recorded.Of("210-deployments-all-namespaces").InNamespace("livekit"));
        cluster.On("/api/v1/namespaces/livekit/configmaps/livekit-livekit-server", Recorded.Of("220-configmap-plaintext-keys"));
        return cluster;
    }

    /// <summary>Makes the clock leap.</summary>
    public void Leap(TimeSpan time) => _time.Advance(time);

    /// <summary>Answers lists of a path one after the other, the last one for ever.</summary>
    public ScriptedCluster On(string path, params IReadOnlyList<Recorded> answers) =>
        Script(path, [.. answers.Select(answer => (RequestDelegate)answer.WriteAsync)]);

    /// <summary>Answers lists of a path with a body.</summary>
    public ScriptedCluster On(string path, string json) => On(path, context => context.Response.WriteAsync(json));

    /// <summary>Answers a path in ways of one's own, the last one for ever.</summary>
    public ScriptedCluster On(string path, params IReadOnlyList<RequestDelegate> answers) => Script(path, answers);

    /// <summary>
    /// Answers nothing at all; when those that were asked at the same time have answered, the clock leaps on, so that nobody waits for it.
    /// </summary>
    public RequestDelegate Hang(TimeSpan leap) => async context =>
    {
        await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, context.RequestAborted);
        _time.Advance(leap);
        await GoneAsync(context);
    };

    /// <summary>A watch that is silent; the clock leaps on.</summary>
    public RequestDelegate Silence(TimeSpan leap) => async context =>
    {
        await BeginAsync(context);
        _time.Advance(leap);
        await GoneAsync(context);
    };

    /// <summary>Breaks the connection off without an answer, or in the middle of one.</summary>
    public static RequestDelegate BreakOff(string begun = "") => async context =>
    {
        if (begun.Length > 0)
            await context.Response.WriteAsync(begun);
        context.Abort();
    };

    /// <summary>A watch in whose middle the API server is started anew: killed, or told to end, when watches end cleanly.</summary>
    public RequestDelegate Restart(bool killed) => async context =>
    {
        await BeginAsync(context);
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        _restart = _server.RestartAsync(killed ? TimeSpan.Zero : TimeSpan.FromMilliseconds(200), CancellationToken.None);
        await (killed
            ? GoneAsync(context)
            : Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping).ContinueWith(_ => { }, TaskScheduler.Default));
    };

    /// <summary>Answers watches of a path with recorded streams one after the other; then a watch is silent.</summary>
    public ScriptedCluster OnWatch(string path, params IReadOnlyList<string> transcripts) =>
        OnWatch(path, [.. transcripts.Select(StreamOf)]);

    public ScriptedCluster OnWatch(string path, Recorded answer) => Script($"watch {path}", [answer.WriteAsync]);

    /// <summary>Answers watches of a path in ways of one's own one after the other; then a watch is silent.</summary>
    public ScriptedCluster OnWatch(string path, params IReadOnlyList<RequestDelegate> answers) =>
        Script($"watch {path}", [.. answers, SilentAsync]);

    /// <summary>A recorded watch.</summary>
    public static RequestDelegate StreamOf(string transcript) => context => StreamAsync(context, transcript);

    /// <summary>A recorded watch that is not over when it was.</summary>
    public static RequestDelegate LeftOpen(string transcript) => async context =>
    {
        await StreamAsync(context, transcript);
        await SilentAsync(context);
    };

    /// <summary>Observes until a path has been asked so often, and returns what was seen by then.</summary>
    public Task<IReadOnlyList<Observation>> ObserveAsync(string untilAsked, int times) => ObserveAsync([(untilAsked, times)]);

    /// <summary>Observes until each of the paths has been asked so often.</summary>
    public Task<IReadOnlyList<Observation>> ObserveAsync(IReadOnlyList<(string Path, int Times)> until) =>
        ObserveAsync(() => Task.WhenAll(until.Select(asked => AskedOf(asked.Path, asked.Times).Task)));

    /// <summary>Observes until an observation is in the file.</summary>
    public Task<IReadOnlyList<Observation>> ObserveAsync(Func<Observation, bool> untilWritten) => ObserveAsync(async () =>
    {
        while (!ObservationJson.Read(_results.FullName).Any(untilWritten))
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
    });

    /// <summary>Whatever was observed, no secret stands in what is written.</summary>
    private async Task<IReadOnlyList<Observation>> ObserveAsync(Func<Task> until)
    {
        var kubeconfig = Path.Combine(_results.FullName, "kubeconfig");
        await File.WriteAllTextAsync(kubeconfig, _server.Kubeconfig(), TestContext.Current.CancellationToken);
        using var cluster = ClusterUnderTest.Open(new LiveKitParameters { Kubeconfig = kubeconfig }, "/", TimeProvider.System)!;
        var things = new ObservedThings(
            Manifest,
            cluster,
            new RunRooms(new RoomService(_http, new LiveKitCredentials("ws://127.0.0.1:1", "key", new Secret("secret")),
                TimeProvider.System), _log))
        {
            Interval = TimeSpan.FromMilliseconds(50),
            Http = _http,
            Log = _log,
        };

        var observation = ClusterObservation.Start(things, _results.FullName, _time)!;
        await using (observation)
            await until().WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        var written = await File.ReadAllTextAsync(Path.Combine(_results.FullName, ObservationJson.File),
            TestContext.Current.CancellationToken);
        written.ShouldNotContain(RecordedSecret);
        written.ShouldNotContain(_server.Token.Reveal());
        _log.Warnings.ShouldBeEmpty("no part of the observation may end by itself");
        return [.. ObservationJson.Read(_results.FullName)];
    }

    /// <summary>A list without items.</summary>
    public static string Empty(int version = 1) =>
        $$"""{"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"{{version}}"},"items":[]}""";

    public async ValueTask DisposeAsync()
    {
        await _restart;
        await _end.CancelAsync();
        await _clock;
        _end.Dispose();
        await _server.DisposeAsync();
        _http.Dispose();
        _results.Delete(recursive: true);
    }

    private ScriptedCluster Script(string key, IEnumerable<RequestDelegate> answers)
    {
        _scripts[key] = new ConcurrentQueue<RequestDelegate>(answers);
        return this;
    }

    private Asked AskedOf(string key, int times) => _asked.AddOrUpdate(key, _ => new Asked(times), (_, asked) => asked.Until(times));

    private async Task AnswerAsync(HttpContext context)
    {
        Protocol = context.Request.Protocol;
        var watch = context.Request.Query["watch"] == "true";
        var key = $"{(watch ? "watch " : "")}{context.Request.Path.Value}";
        Requests.Enqueue($"{key}{context.Request.QueryString}");
        Times.Enqueue(_time.GetUtcNow());
        _asked.GetOrAdd(key, _ => new Asked(int.MaxValue)).Count();
        if (!_scripts.TryGetValue(key, out var script))
            await (watch ? SilentAsync(context) : context.Request.Path.Value!.EndsWith('s') ? context.Response.WriteAsync(Empty())
                : Recorded.Of("115-unknown-path").WriteAsync(context));
        else if (script.Count > 1 && script.TryDequeue(out var answer))
            await answer(context);
        else if (script.TryPeek(out var last))
            await last(context);
    }

    private static async Task SilentAsync(HttpContext context)
    {
        await BeginAsync(context);
        await GoneAsync(context);
    }

    private static async Task BeginAsync(HttpContext context)
    {
        if (!context.Response.HasStarted)
            context.Response.ContentType = "application/json";
        await context.Response.StartAsync(context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private static async Task GoneAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var _ = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    /// <summary>A recorded watch, line by line as it came; one that broke off breaks off here too.</summary>
    private static async Task StreamAsync(HttpContext context, string transcript)
    {
        await BeginAsync(context);
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(Recorded.Folder, "Transcripts", $"{transcript}.ndjson")))
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.TryGetProperty("event", out var happening))
                await context.Response.WriteAsync($"{happening.GetRawText()}\n", context.RequestAborted);
            if (json.RootElement.TryGetProperty("end", out var end) && end.GetString()!.Contains("EOFError", StringComparison.Ordinal))
            {
                await context.Response.StartAsync(context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                context.Abort();
                return;
            }
        }
    }

    private sealed class Asked(int times)
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count;
        private int _times = times;

        public Task Task => _done.Task;

        public void Count()
        {
            if (Interlocked.Increment(ref _count) >= _times)
                _done.TrySetResult();
        }

        public Asked Until(int times)
        {
            _times = times;
            if (_count >= times)
                _done.TrySetResult();
            return this;
        }
    }

    /// <summary>The clock of the recordings runs on, and can be made to leap.</summary>
    private static async Task RunOnAsync(FakeTimeProvider time, CancellationToken end)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        var before = TimeProvider.System.GetTimestamp();
        while (!end.IsCancellationRequested)
        {
            await tick.WaitForNextTickAsync(CancellationToken.None);
            var now = TimeProvider.System.GetTimestamp();
            time.Advance(TimeProvider.System.GetElapsedTime(before, now));
            before = now;
        }
    }
}
