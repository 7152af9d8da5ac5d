using LoadTesting.Hosts;
using LoadTesting.Hosts.Ssh;

namespace Tests.Ssh;

/// <summary>A folder with a key, in which a test starts sshd hosts and connects to them.</summary>
public sealed class SshLab : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _open = [];

    public SshLab()
    {
        Sshd.Require();
        Directory = System.IO.Directory.CreateTempSubdirectory("ssh-lab-").FullName;
        Key = SshKey.Create(File("id_ed25519"));
        KnownHosts = new KnownHosts(File("known_hosts"));
    }

    public string Directory { get; }

    public SshKey Key { get; }

    public KnownHosts KnownHosts { get; }

    public string Home => File("host", "home");

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public string File(params ReadOnlySpan<string> parts) => Path.Combine([Directory, .. parts]);

    public async Task<Sshd> StartAsync(string name = "host", int port = 0, IReadOnlyDictionary<string, string>? environment = null,
        string logLevel = "VERBOSE")
    {
        var server = await Sshd.StartAsync(File(name), Key.PublicLine, port, environment, logLevel);
        _open.Add(server);
        return server;
    }

    /// <summary>Starts one whose sessions believe that they are on the machine in a folder.</summary>
    public Task<Sshd> StartOnAsync(string root, string name = "host") => StartAsync(name, environment: new Dictionary<string, string>
    {
        ["HOST_ROOT"] = root,
        ["HOME"] = $"{root}/home/ubuntu",
        ["PATH"] = $"{root}/usr/local/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
    });

    public SshConnector Connector(int port, Func<SshAccess, SshAccess>? with = null)
    {
        var access = new SshAccess
        {
            Parameters = new SshParameters { User = Environment.UserName, Port = port },
            Key = _ => Key,
            KnownHosts = KnownHosts,
            Time = TimeProvider.System,
            Log = new RecordingLog(),
        };
        var connector = new SshConnector(with is null ? access : with(access));
        _open.Add(connector);
        return connector;
    }

    public async Task<IRemoteShell> ConnectAsync(Sshd server, Func<SshAccess, SshAccess>? with = null)
    {
        var shell = await Connector(server.Port, with).ConnectAsync(Sshd.HostAt(), TimeSpan.FromSeconds(20), Cancellation);
        _open.Add(shell);
        return shell;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var thing in Enumerable.Reverse(_open))
            await thing.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
