using System.Text;
using System.Text.Json;
using LoadTesting.Cluster.Observing;
using LoadTesting.LiveKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Rehearsal.Hosts;
using Reporting.Raw.Manifest;
using Reporting.Raw.Observations;
using Reporting.Raw.Prometheus;

namespace LoadTesting.Tests.Cluster;

/// <summary>LiveKit's metrics where they are reached without the API server, behind a user name and a password.</summary>
public sealed class MetricsByUrl : IAsyncLifetime
{
    private const string Password = "p@ss:word";
    private static readonly string Scrape = File.ReadAllText(
        Path.Combine(HostFolders.Recordings, "cluster", "metrics", "healthy", "after.prom"));
    private readonly DirectoryInfo _results = Directory.CreateTempSubdirectory("observation");
    private readonly TaskCompletionSource _askedOften = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HttpClient _http = new();
    private readonly RecordingLog _log = new();
    private WebApplication _web = null!;
    private int _asked;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _web = builder.Build();
        _web.MapGet("/metrics", AnswerAsync);
        await _web.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _http.Dispose();
        _results.Delete(recursive: true);
    }

    [Fact]
    public async Task Are_read_with_the_password_of_the_URL_which_is_written_nowhere()
    {
        var seen = await ObserveAsync(Uri.EscapeDataString(Password));

        var metrics = seen.OfType<LiveKitSeen>().First();
        metrics.Pod.ShouldBe($"{_web.Urls.Single()}/metrics");
        JsonSerializer.Serialize(metrics.Metrics).ShouldBe(JsonSerializer.Serialize(LiveKitMetrics.Of(ScrapeParser.Parse(Scrape))));
    }

    [Fact]
    public async Task Are_a_gap_with_its_reason_where_the_password_is_wrong()
    {
        var seen = await ObserveAsync("wrong");

        seen.OfType<LiveKitSeen>().ShouldBeEmpty();
        seen.OfType<SourceLost>().Single(lost => lost.Source == $"metrics of {_web.Urls.Single()}/metrics").Why.ShouldContain("401");
    }

    private async Task<IReadOnlyList<Observation>> ObserveAsync(string password)
    {
        var things = new ObservedThings(
            new RunManifest { RunId = "run", Fleet = "f", Cloud = "c", ToolVersion = "1",
                Plan = new RunPlan { DurationSeconds = 1, RampUpSeconds = 1, Processes = [] } },
            Cluster: null,
            new RunRooms(new RoomService(_http, new LiveKitCredentials("ws://127.0.0.1:1", "key", new Secret("secret")),
                TimeProvider.System), _log))
        {
            MetricsUrls = [new Uri($"{_web.Urls.Single().Replace("//", $"//prometheus:{password}@", StringComparison.Ordinal)}/metrics")],
            Interval = TimeSpan.FromMilliseconds(50),
            Http = _http,
            Log = _log,
        };
        await using (ClusterObservation.Start(things, _results.FullName, TimeProvider.System))
            await _askedOften.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        (await File.ReadAllTextAsync(Path.Combine(_results.FullName, ObservationJson.File), TestContext.Current.CancellationToken))
            .ShouldNotContain(password);
        return [.. ObservationJson.Read(_results.FullName)];
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization != $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"prometheus:{Password}"))}")
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else
            await context.Response.WriteAsync(Scrape);
        if (Interlocked.Increment(ref _asked) == 3)
            _askedOften.SetResult();
    }
}
