using LoadTesting.Cluster;
using LoadTesting.Hosts;
using LoadTesting.Lk;
using LoadTesting.Phases;
using LoadTesting.Providers;
using LoadTesting.Providers.OpenStack;
using LoadTesting.Results;
using Rehearsal.Hosts;
using Rehearsal.Kubernetes;
using Rehearsal.LiveKit;
using Rehearsal.OpenStack;
using Reporting.Raw.Manifest;
using Reporting.Summary;

namespace Rehearsal.Tests;

/// <summary>
/// The phases of one job on a cloud, a LiveKit and a cluster of its own, of which a share of all calls fails. With an even seed
/// every phase has one try, as in <c>./build.sh Report</c>; with an odd one somebody calls a phase that failed again, five times at
/// most. Jobs have one host or two of which one may be lacking.
/// </summary>
internal sealed class FaultyJob : IAsyncDisposable
{
    private const string Fleet = "faulty";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faulty-");
    private readonly RecordingLog _log = new();
    private readonly List<IAsyncDisposable> _servers = [];
    private readonly List<IDisposable> _clients = [];
    private readonly ResultsDirectory _results;
    private readonly int _seed;
    private HostFolders _hosts = null!;
    private OpenStackSetup _setup = null!;
    private PhaseContext _context = null!;

    private FaultyJob(int seed) => (_seed, _results) = (seed, new ResultsDirectory(Path.Combine(_folder.FullName, "results")));

    /// <summary>What it is at.</summary>
    public string Phase { get; private set; } = "the beginning";

    /// <summary>What it said.</summary>
    public string Said => _log.Text;

    /// <summary>What it showed of its progress.</summary>
    public IReadOnlyCollection<ProgressView> Views => _log.Views;

    private int Servers => 1 + (_seed / 2 % 2);

    private int Tries => _seed % 2 == 0 ? 1 : 6;

    private string CloudFolder => Path.Combine(_folder.FullName, "openstack");

    public static async Task<FaultyJob> MakeAsync(int seed, double share, CancellationToken cancellation)
    {
        var job = new FaultyJob(seed);
        job._hosts = new HostFolders(Path.Combine(job._folder.FullName, "hosts"), "healthy");
        var cloud = job.Kept(
            await EmbeddedCloud.StartAsync(
            new EmbeddedCloudOptions { Directory = job.CloudFolder, Hosts = job._hosts, BootTime = TimeSpan.Zero }, cancellation));
        var door = job.Kept(await LiveKitStub.OpenAsync(cancellation, job._hosts.Load));
        var kubernetes = job.Kept(
            await ReplayedCluster.StartAsync(HostFolders.Recordings, TimeProvider.System, cancellation,
            FaultsEverywhere.FailingServer(seed, share), job._hosts.Load));
        job._setup = new OpenStackSetup
        {
            Credentials = cloud.Credentials,
            Fleet = new FleetParameters { Name = Fleet, InstanceCount = job.Servers, MinServers = 1, Controller = "test@here" },
            OpenStack = new OpenStackParameters(),
            PublicKey = () => "ssh-ed25519 AAAA test",
            Log = job._log,
            Time = new AcceleratedTimeProvider(),
        };
        job._context = job.Context(door, kubernetes, share);
        return job;
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>Whether it passed.</returns>
    public async Task<bool> RunAsync()
    {
        using var gate = new PhaseRunner(_results, TimeProvider.System);
        var ready = await TriedAsync(gate, PhaseName.Provision, new ProvisionPhase(_context).RunAsync)
            && await TriedAsync(gate, PhaseName.Configure, new ConfigurePhase(_context).RunAsync)
            && await TriedAsync(gate, PhaseName.Prepare, new PreparePhase(_context).RunAsync);
        RunSummary? summary = null;
        if (ready)
        {
            // As in the build: evidence before teardown, however the run went.
            await TriedAsync(gate, PhaseName.Run, new RunPhase(_context).RunAsync);
            await TriedAsync(gate, PhaseName.Collect, token => new CollectPhase(_context).RunAsync(CancellationToken.None, token));
            await TriedAsync(gate, PhaseName.Report,
                async token => summary = await new ReportPhase(_context.Parameters.Results, _results, TimeProvider.System).RunAsync(token));
            if (summary?.Judgement.Verdict == Verdict.Passed)
                RequireAllData(summary);
        }

        if (await TriedAsync(gate, PhaseName.Destroy, new DestroyPhase(_context).RunAsync))
            Left().ShouldBeEmpty("Destroy said that nothing is left");
        else
            new[] { "The cloud did not delete",
                $"What is left of fleet {Fleet} is not known" }.ShouldContain(words => Said.Contains(words, StringComparison.Ordinal));
        await DestroyedLaterAsync();
        return summary?.Judgement.Verdict == Verdict.Passed;
    }

    public async ValueTask DisposeAsync()
    {
        await _context.Hosts.DisposeAsync();
        foreach (var client in _clients)
            client.Dispose();
        foreach (var server in _servers)
            await server.DisposeAsync();
        foreach (var machine in Directory.Exists(Path.Combine(_folder.FullName, "hosts"))
            ? Directory.GetDirectories(Path.Combine(_folder.FullName, "hosts"))
            : [])
            _hosts.Delete(Path.GetFileName(machine));
        _folder.Delete(recursive: true);
    }

    private T Kept<T>(T server)
        where T : IAsyncDisposable
    {
        _servers.Add(server);
        return server;
    }

    private T Client<T>(T client)
        where T : IDisposable
    {
        _clients.Add(client);
        return client;
    }

    private PhaseContext Context(LiveKitStub door, ReplayedCluster kubernetes, double share)
    {
        var cloud = Client(new OpenStackCloud(_setup, Client(new FailingNetwork(_seed, share))));
        var cluster = Client(
            ClusterUnderTest.Open(new LiveKitParameters { Kubeconfig = kubernetes.WriteKubeconfig(_folder.FullName) }, _folder.FullName,
            TimeProvider.System)!);
        return new PhaseContext
        {
            Parameters = new LoadTestParameters
            {
                Fleet = _setup.Fleet,
                Load = new LoadParameters { ParticipantsPerVm = 19, JoinsPerSecond = 10, TestDuration = TimeSpan.FromSeconds(3),
                    SmokeJoin = false },
                LiveKit = new LiveKitParameters { MonitorInterval = TimeSpan.FromSeconds(1) },
                Results = new ResultsParameters { Directory = _results.Path },
            },
            Given = new Dictionary<string, string>(StringComparer.Ordinal),
            Named = new HashSet<string>(StringComparer.Ordinal) { "Report" },
            Environment = new FleetEnvironment
            {
                Provider = RehearsalProvider.Kind,
                Cloud = cloud,
                Administration = cloud,
                Hosts = new HostFleet(new FailingHosts(new FolderConnector(_hosts), _seed, share), _setup.Fleet.MinServers, _log),
                Lk = new LkUpload(() => File.ReadAllBytes(HostFolders.Lk)),
                LiveKit = _ => Task.FromResult(door.Credentials),
                Cluster = new Lazy<ClusterUnderTest?>(() => cluster),
                Http = Client(new HttpClient(Client(new FailingNetwork(-_seed, share)))),
            },
            Log = _log,
            Time = TimeProvider.System,
            Results = _results,
            ToolVersion = "0.0.0-test",
        };
    }

    /// <summary>Whether a phase succeeded in one of its tries. It may fail with a message; anything else it throws is a defect.</summary>
    private async Task<bool> TriedAsync(PhaseRunner gate, PhaseName name, Func<CancellationToken, Task> phase)
    {
        for (var tries = Tries; tries > 0; tries--)
        {
            try
            {
                Phase = $"{name}";
                await gate.RunAsync(name, phase);
                return true;
            }
            catch (LoadTestException error)
            {
                _log.Say($"{name} failed: {error.Message}");
            }
        }

        return false;
    }

    /// <summary>
    /// What must be so when a run passed: every host's files are here as they are there, and every threshold was measured.
    /// </summary>
    private void RequireAllData(RunSummary summary)
    {
        var manifest = _results.Manifest()!;
        var plan = manifest.Plan.Processes;
        manifest.Hosts.Count.ShouldBe(Servers);
        manifest.Hosts.ShouldAllBe(host => host.Outcome == HostOutcome.Collected && plan.Any(process => process.Host == host.Name));
        manifest.EndedEarly.ShouldBeNull();
        summary.Run.RunId.ShouldBe(manifest.RunId);
        summary.Fleet.ParticipantsConnected.ShouldBe(plan.Sum(process => process.Participants));
        summary.Thresholds.Count.ShouldBe(_context.Parameters.Results.Thresholds.Split(',').Length);
        // Where a fault hid at the start that LiveKit has metrics, none were to be read.
        summary.Thresholds.Where(threshold => threshold.Metric != "livekit.packet-loss" || manifest.Reads(RunSource.LiveKitMetrics))
            .ShouldAllBe(threshold => threshold.Outcome == ThresholdOutcome.Passed && threshold.Value != null);
        foreach (var folder in Directory.GetDirectories(Path.Combine(_folder.FullName, "hosts"))
            .Where(folder => Directory.Exists(Path.Combine(folder, "home"))))
        {
            var run = Path.Combine(folder, "home", "ubuntu", ".livekit-loadtest", "runs", manifest.RunId);
            File.Exists(Path.Combine(run, "done")).ShouldBeTrue();
            var here = _results.File($"vm-0{File.ReadAllText(Path.Combine(folder, "etc", "rehearsal", "index")).Trim()}");
            foreach (var file in (string[])["lk-1.started", "lk-1.ended", "facts.json", "logs/lk-1.stdout", "logs/lk-1.stderr",
                "metrics/samples.txt"])
                File.ReadAllBytes(Path.Combine(here, file)).ShouldBe(File.ReadAllBytes(Path.Combine(run, file)), file);
            File.ReadAllText(Path.Combine(here, "lk-1.ended")).Trim().ShouldEndWith(" 0");
        }
    }

    /// <summary>Everything that the cloud has, also what carries no mark.</summary>
    private IEnumerable<string> Left() => Directory.EnumerateFiles(CloudFolder, "*.json", SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) != "scenario");

    /// <summary>Somebody calls Destroy when the network is well again.</summary>
    private async Task DestroyedLaterAsync()
    {
        using var cloud = new OpenStackCloud(_setup);
        await cloud.DestroyAsync(CancellationToken.None);
        Left().ShouldBeEmpty("a later Destroy finds all of it");
    }
}
