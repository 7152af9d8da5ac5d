using LoadTesting.Providers.OpenStack;
using Rehearsal.Hosts;
using Rehearsal.OpenStack;

namespace LoadTesting.Tests.Providers.OpenStack;

/// <summary>Tests of our client on an embedded cloud of their own, whose pauses take no time.</summary>
public abstract class OnTheEmbeddedCloud : IAsyncLifetime
{
    protected const int Servers = 3;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private EmbeddedCloud? _cloud;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>What goes wrong in the cloud.</summary>
    protected virtual string Scenario => "healthy";

    /// <summary>Everything that the cloud has, also what carries no mark.</summary>
    protected IEnumerable<string> Left =>
        Directory.EnumerateFiles(Path.Combine(_folder.FullName, "openstack"), "*.json", SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) != "scenario");

    public async ValueTask InitializeAsync() => _cloud = await StartAsync();

    /// <summary>A cloud in the test's folder, as another program would have it.</summary>
    protected Task<EmbeddedCloud> StartAsync() => EmbeddedCloud.StartAsync(new EmbeddedCloudOptions
    {
        Directory = Directory.CreateDirectory(Path.Combine(_folder.FullName, "openstack")).FullName,
        Hosts = new HostFolders(Path.Combine(_folder.FullName, "hosts"), Scenario),
        Scenario = Scenario,
        BootTime = TimeSpan.Zero,
    }, Cancellation);

    public async ValueTask DisposeAsync()
    {
        await _cloud!.DisposeAsync();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    protected static FleetParameters Fleet() => new() { Name = "f", InstanceCount = Servers, Controller = "test@here" };

    protected OpenStackSetup Setup() => new()
    {
        Credentials = _cloud!.Credentials,
        Fleet = Fleet(),
        OpenStack = new OpenStackParameters(),
        PublicKey = () => "ssh-ed25519 AAAA test",
        Log = new RecordingLog(),
        Time = new AcceleratedTimeProvider(),
    };

    protected OpenStackCloud Cloud(Func<OpenStackSetup, OpenStackSetup>? with = null, HttpMessageHandler? network = null) =>
        new(with is null ? Setup() : with(Setup()), network);
}
