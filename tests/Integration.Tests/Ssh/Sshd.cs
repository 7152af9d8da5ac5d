using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using LoadTesting.Hosts;
using LoadTesting.Hosts.Ssh;

namespace Tests.Ssh;

/// <summary>
/// A real sshd on the loopback interface, run by whoever runs the test. Its home directory is a folder, so that what is done on
/// the host is done there.
/// </summary>
public sealed class Sshd : IAsyncDisposable
{
    private const string Program = "/usr/sbin/sshd";
    private readonly Process _process;
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _log = new();

    private Sshd(string directory, int port)
    {
        Port = port;
        HostKey = LoadTesting.Hosts.Ssh.HostKey.Parse(File.ReadAllText(Path.Combine(directory, "host_key.pub")))!;
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(Program, ["-D", "-e", "-f", Path.Combine(directory, "sshd_config")])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true, // whoever reads the output of the tests does not wait for the end of a forgotten daemon
                UseShellExecute = false,
            },
        };
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Start();
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    public HostKey HostKey { get; }

    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    public static void Require()
    {
        if (!File.Exists(Program))
            Assert.Skip($"{Program} is missing (Debian, Ubuntu: apt-get install openssh-server)");
        if (Environment.GetEnvironmentVariable("SHELL") is { } shell && !shell.EndsWith("bash", StringComparison.Ordinal))
            Assert.Skip($"the login shell is {shell}; only bash reads .bashrc and goes to the folder of the test");
    }

    /// <summary>Starts it.</summary>
    /// <param name="directory">Where its configuration and keys are; made when missing.</param>
    /// <param name="publicKey">The key that may log in.</param>
    /// <param name="port">The port; 0: any free one.</param>
    /// <param name="environment">What commands find in their environment.</param>
    /// <param name="logLevel">How much it says, as sshd_config has it.</param>
    public static async Task<Sshd> StartAsync(string directory, string publicKey, int port = 0,
        IReadOnlyDictionary<string, string>? environment = null, string logLevel = "VERBOSE")
    {
        Require();
        port = port == 0 ? FreePort() : port;
        await PrepareAsync(directory, publicKey, port, environment ?? new Dictionary<string, string>(), logLevel);
        var server = new Sshd(directory, port);
        await server._listening.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>
    /// A port that nobody listens at. None of those that the kernel gives to connections: it could be taken before it is used.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(20000, 32000));
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Somebody listens there.
            }
        }
    }

    public static FleetHost HostAt(string id = "id-1") =>
        new() { Id = id, Name = "livekit-loadtest-01", Index = 1, Status = "ACTIVE", Address = "127.0.0.1" };

    /// <summary>Sends a signal to what serves the open connections, not to what listens.</summary>
    public void SignalSessions(string signal)
    {
        // Parents first: a session that sees its command die would report that in an orderly way.
        foreach (var pid in Descendants(_process.Id).ToList())
            Signal(signal, pid);
    }

    /// <summary>Ends what serves the open connections, but not what they started.</summary>
    public void CutSessions()
    {
        foreach (var pid in Children(_process.Id))
            Signal("KILL", pid);
    }

    /// <summary>Ends it, and gives everything that it has logged: while it runs, the last lines may be on their way.</summary>
    public async Task<string> LogAtEndAsync()
    {
        if (!_process.HasExited)
        {
            SignalSessions("KILL");
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        return Log;
    }

    public async ValueTask DisposeAsync()
    {
        await LogAtEndAsync();
        _process.Dispose();
    }

    /// <summary>Those of a process, parents first.</summary>
    private static IEnumerable<int> Descendants(int pid) => Children(pid).SelectMany(child => Descendants(child).Prepend(child));

    private static List<int> Children(int pid)
    {
        try
        {
            var children = File.ReadAllText($"/proc/{pid}/task/{pid}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return [.. children.Select(child => int.Parse(child, CultureInfo.InvariantCulture))];
        }
        catch (IOException) // it ended, perhaps while it was read
        {
            return [];
        }
    }

    private static void Signal(string signal, int pid) =>
        Process.Start("sh", ["-c", $"kill -{signal} {pid} 2>/dev/null || :"]).WaitForExit();

    private static async Task PrepareAsync(string directory, string publicKey, int port, IReadOnlyDictionary<string, string> environment,
        string logLevel)
    {
        if (Environment.IsPrivilegedProcess)
            Directory.CreateDirectory("/run/sshd"); // sshd of root wants it; a machine that boots has it

        var home = environment.GetValueOrDefault("HOME", Path.Combine(directory, "home"));
        Directory.CreateDirectory(directory);
        Directory.CreateDirectory(home);
        var key = Path.Combine(directory, "host_key");
        if (!File.Exists(key))
            await Process.Start("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]).WaitForExitAsync();

        await File.WriteAllTextAsync(Path.Combine(directory, "authorized_keys"), publicKey + "\n");
        // sshd enters the home directory of /etc/passwd; a bash that sshd starts reads this file first.
        await File.WriteAllTextAsync(Path.Combine(home, ".bashrc"), $"cd '{home}'\n");
        var variables = new Dictionary<string, string>(environment) { ["HOME"] = home };
        await File.WriteAllLinesAsync(Path.Combine(directory, "sshd_config"),
        [
            $"ListenAddress 127.0.0.1:{port}",
            $"HostKey {key}",
            $"AuthorizedKeysFile {Path.Combine(directory, "authorized_keys")}",
            $"PidFile {Path.Combine(directory, "pid")}",
            "StrictModes no",
            "UsePAM no",
            "PasswordAuthentication no",
            "PermitRootLogin prohibit-password",
            "AllowTcpForwarding yes",
            $"LogLevel {logLevel}",
            $"SetEnv {string.Join(' ', variables.Select(variable => $"{variable.Key}={variable.Value}"))}",
        ]);
    }

    private void Read(string? line)
    {
        lock (_log)
            _log.AppendLine(line);
        if (line?.StartsWith("Server listening", StringComparison.Ordinal) == true)
            _listening.TrySetResult();
        else if (line is null)
            _listening.TrySetException(new InvalidOperationException($"sshd ended: {Log}"));
    }
}
