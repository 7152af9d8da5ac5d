using System.Globalization;
using System.Text;
using LoadTesting.Cluster;
using LoadTesting.Hosts;
using LoadTesting.Hosts.Settings;
using LoadTesting.LiveKit;
using LoadTesting.Lk;
using LoadTesting.Phases;
using LoadTesting.Providers;
using LoadTesting.Results;

namespace LoadTesting.Tests.Phases;

/// <summary>A fleet of one host that says what a test wants it to, and the context in which phases see it.</summary>
internal sealed class OneHost : ICloud, ICloudAdministration, IHostConnector, IRemoteShell, ILkInstaller
{
    private static readonly FleetHost Only = new() { Id = "1", Name = "fleet-01", Index = 1, Status = "ACTIVE" };

    /// <summary>Answers a script.</summary>
    public required Func<string, CancellationToken, Task<ShellResult>> Answer { get; init; }

    public RecordingLog Log { get; } = new();

    public static ShellResult Said(string text, int exitCode = 0) => new(exitCode, Encoding.UTF8.GetBytes(text), "");

    public PhaseContext Context(string results, LiveKitCredentials liveKit, HttpClient http, LiveKitParameters? parameters = null,
        ClusterUnderTest? cluster = null) => new()
    {
        Parameters = new LoadTestParameters
        {
            Fleet = new FleetParameters { Name = "fleet", InstanceCount = 1 },
            Load = new LoadParameters { SmokeJoin = false },
            LiveKit = parameters ?? new LiveKitParameters(),
        },
        Given = new Dictionary<string, string>(),
        Named = new HashSet<string>(),
        Environment = new FleetEnvironment
        {
            Provider = "test",
            Cloud = this,
            Administration = this,
            Hosts = new HostFleet(this, minServers: null, Log),
            Lk = this,
            LiveKit = _ => Task.FromResult(liveKit),
            Cluster = new Lazy<ClusterUnderTest?>(() => cluster),
            Http = http,
        },
        Log = Log,
        Time = TimeProvider.System,
        Results = new ResultsDirectory(results),
        ToolVersion = "1",
    };

    public Task<IReadOnlyList<FleetHost>> ListAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<FleetHost>>([Only]);

    public Task<IRemoteShell> ConnectAsync(FleetHost host, TimeSpan timeout, CancellationToken cancellation) =>
        Task.FromResult<IRemoteShell>(this);

    public Task<ShellResult> RunAsync(string script, TimeSpan deadline, CancellationToken cancellation) => Answer(script, cancellation);

    /// <summary>Its clock is this machine's.</summary>
    public Task<IReadOnlyList<Exchange>> AskAsync(string script, int times, TimeSpan deadline, CancellationToken cancellation)
    {
        var now = TimeProvider.System.GetUtcNow();
        return Task.FromResult<IReadOnlyList<Exchange>>(
            [new Exchange(now, string.Create(CultureInfo.InvariantCulture, $"{now.ToUnixTimeMilliseconds() / 1000m}"), now)]);
    }

    public Task UploadAsync(Stream content, string path, bool executable, CancellationToken cancellation) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public Task DownloadAsync(string path, long offset, Stream destination, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<bool> InstallAsync(IRemoteShell shell, ConfiguredHost host, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<CloudPlan> CheckAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyList<FleetHost>> ProvisionAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task DestroyAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyList<string>> DestroyExpiredAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task AbandonAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyList<FleetStatus>> FleetsAsync(CancellationToken cancellation) => throw new NotSupportedException();
}
