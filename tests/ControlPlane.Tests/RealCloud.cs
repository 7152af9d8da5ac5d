using System.Diagnostics;
using System.Net.Sockets;
using Rehearsal.Hosts;

namespace ControlPlane.Tests;

/// <summary>
/// A real OpenStack on loopback whose servers are real sshds (tests/openstack), started for these tests and ended with them; or the
/// cloud of the rc file in LOADTEST_TEST_CLOUD.
/// </summary>
public sealed class RealCloud : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(12);
    private readonly DirectoryInfo _state = Directory.CreateDirectory($"/var/tmp/livekit-loadtest-{Environment.ProcessId}");
    private string? _why;

    /// <summary>The tenant's rc file, with a password.</summary>
    public string RcFile { get; private set; } = "";

    /// <summary>The tenant's rc file, with an application credential.</summary>
    public string ApplicationCredentialRc => Path.Combine(_state.FullName, "etc", "appcred-openrc");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("LOADTEST_TEST_CLOUD") is { Length: > 0 } given)
        {
            RcFile = given;
            _why = "LOADTEST_TEST_CLOUD is a cloud of yours: only the one of tests/openstack may be filled and broken";
            return;
        }

        _why = Missing();
        if (_why is not null)
            return;

        new HostFolders(_state.FullName, "healthy").Boot("template", index: 1);
        var (exitCode, text) =
            await RunAsync("start.sh", ("OSTACK_VIRT", "ostack_virt.SshdDriver"),
            ("OSTACK_HOST_TEMPLATE", Path.Combine(_state.FullName, "template")));
        if (exitCode != 0)
        {
            await DisposeAsync(); // nobody else does when this fails
            throw new InvalidOperationException($"tests/openstack/start.sh ended with {exitCode}: {text}");
        }

        RcFile = Path.Combine(_state.FullName, "etc", "demo-openrc");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await RunAsync("stop.sh", [], "--wipe");
        if (_state.Exists)
            _state.Delete(recursive: true);
    }

    /// <summary>Says why a test is not run, instead of letting it pass.</summary>
    public void Require() => Assert.SkipWhen(_why is not null, _why ?? "");

    /// <summary>Asks the cloud with OpenStack's own client: a line for each thing it says.</summary>
    public async Task<IReadOnlyList<string>> AskAsync(string words)
    {
        var start = new ProcessStartInfo("bash",
            ["-c", $"set -e; . '{RcFile}'; exec /usr/bin/openstack {words}"]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment.Remove("VIRTUAL_ENV");
        using var process = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(3));
        var text = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        process.ExitCode.ShouldBe(0, words);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string? Missing()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
            return "a control plane of its own needs Linux and root; LOADTEST_TEST_CLOUD=<rc file> names another one";
        if (!File.Exists("/usr/bin/nova-api") || !File.Exists("/usr/bin/neutron-server") || !File.Exists("/usr/bin/openstack"))
            return "OpenStack's packages are not installed: tests/install.sh openstack";

        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect("127.0.0.1", 5000);
            throw new InvalidOperationException("Something listens on 127.0.0.1:5000, Keystone's port: end it first.");
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private Task<(int ExitCode, string Text)> RunAsync(string script, params (string Name, string Value)[] variables) =>
        RunAsync(script, variables, []);

    private async Task<(int ExitCode, string Text)> RunAsync(string script, (string Name, string Value)[] variables, params string[] words)
    {
        // Into a file: the daemons inherit it, and a pipe would stay open as long as they live.
        var log = Path.Combine(Path.GetTempPath(), $"{Path.GetFileName(_state.FullName)}-{script}.log");
        var path = Path.Combine(Operator.Checkout, "tests", "openstack", script);
        var start = new ProcessStartInfo("bash",
            ["-c", "exec bash \"$0\" \"$@\" >\"$LOG\" 2>&1 </dev/null", path, .. words]) { UseShellExecute = false };
        start.Environment["LOG"] = log;
        start.Environment["OSTACK_STATE"] = _state.FullName;
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        var text = await File.ReadAllTextAsync(log, patience.Token);
        File.Delete(log);
        return (process.ExitCode, text);
    }
}

/// <summary>One control plane for all tests, one test at a time.</summary>
[CollectionDefinition(nameof(RealCloud))]
public sealed class OneCloud : ICollectionFixture<RealCloud>;
