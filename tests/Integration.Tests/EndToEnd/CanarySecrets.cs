using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using LoadTesting.Providers.OpenStack.Credentials;
using Rehearsal.Hosts;
using Rehearsal.Kubernetes;
using Rehearsal.LiveKit;
using Rehearsal.OpenStack;
using Tests.Ssh;

namespace Integration.Tests.EndToEnd;

/// <summary>
/// Every secret that the job is given is looked for afterwards: in what it said at its most talkative, in every file that it and its hosts
/// left, and, while it ran, in the arguments and the environment of every process of the machine.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class CanarySecrets : IAsyncDisposable
{
    private const string Passphrase = "canary-passphrase-5e1f";
    private const string MetricsPassword = "canary-metrics-77b0";
    private readonly Operator _operator = new();
    private readonly SshLab _lab = new();
    private readonly HostFolders _folders;

    /// <summary>This machine's owner wants core files: of this process and of all that it starts.</summary>
    public CanarySecrets()
    {
        _folders = new HostFolders(_lab.File("machines"), "healthy");
        using var limit = Process.Start("prlimit", [$"--pid={Environment.ProcessId}", "--core=unlimited"]);
        limit.WaitForExit();
        limit.ExitCode.ShouldBe(0);
    }

    public async ValueTask DisposeAsync()
    {
        _folders.Delete("one");
        await _lab.DisposeAsync();
        _operator.Dispose();
    }

    [Fact]
    public async Task Of_a_run_are_nowhere_but_where_they_were_given()
    {
        _folders.Boot("one", 1);
        var root = _folders.RootOf("one");
        var host = await _lab.StartOnAsync(root, "one");
        await File.WriteAllLinesAsync(_lab.File("hosts"),
            [$"load-01 ansible_host=127.0.0.1 ansible_port={host.Port} ansible_user={Environment.UserName}"], SshLab.Cancellation);
        await using var door = await LiveKitStub.OpenAsync(SshLab.Cancellation);
        await using var kubernetes = await ReplayedCluster.StartAsync(HostFolders.Recordings, TimeProvider.System, SshLab.Cancellation);
        var kubeconfig = kubernetes.Server.Kubeconfig();
        var token = kubeconfig.Split('\n').Single(line => line.Contains("token:", StringComparison.Ordinal)).Split(':')[1]
            .Trim(' ', '"', '\'');
        var key = await EncryptedAsync();
        var watch = new ProcessesSeen([door.Credentials.ApiSecret.Reveal(), Passphrase, token, MetricsPassword], root);

        using var running = _operator.Start(
            $"Report --verbosity verbose --cloud inventory --inventory {_lab.File("hosts")} --host-key-check accept-new --lk-binary "
                + $"{HostFolders.Lk} --test-duration 6s --participants-per-vm 20 --monitor-interval 1s --thresholds served>=99%",
            ("LIVEKIT_URL", door.Credentials.Url), ("LIVEKIT_API_KEY", door.Credentials.ApiKey),
                ("LIVEKIT_API_SECRET", door.Credentials.ApiSecret.Reveal()),
            ("SSH_KEY_TEXT", key), ("SSH_KEY_PASSPHRASE", Passphrase), ("KUBECONFIG_TEXT", kubeconfig),
            ("LIVEKIT_METRICS_URL", $"http://loadtest:{MetricsPassword}@127.0.0.1:9/metrics"));
        var said = await watch.WhileAsync(running.EndAsync());

        said.ExitCode.ShouldBe(0, said.Text);
        watch.Found.ShouldBeEmpty();
        watch.Holders.ShouldBe(["_build, core files of 0", "lk, core files of 0"], ignoreOrder: true,
            "who was given them and who needs them; a core file would hold them too");
        watch.FilesOfSecrets.ShouldNotBeEmpty("the host had its credentials in a file");
        watch.FilesOfSecrets.Values.ShouldAllBe(mode => (mode & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) == UnixFileMode.None);
        foreach (var secret in watch.Secrets)
        {
            said.Text.ShouldNotContain(secret);
            FilesWith(secret, _operator.Root, _lab.File("machines")).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Of_a_cloud_are_nowhere_but_where_they_were_given()
    {
        var clouds = new HostFolders(_lab.File("cloud-hosts"), "healthy");
        await using var cloud =
            await EmbeddedCloud.StartAsync(
            new EmbeddedCloudOptions { Directory = Directory.CreateDirectory(_lab.File("cloud")).FullName, Hosts = clouds,
            BootTime = TimeSpan.Zero }, SshLab.Cancellation);
        var password = ((PasswordLogin)cloud.Credentials.Login).Password.Reveal();
        await File.WriteAllLinesAsync(_lab.File("rc.sh"),
        [
            $"export OS_AUTH_URL={cloud.Credentials.AuthUrl}",
                "export OS_USERNAME=rehearsal OS_USER_DOMAIN_NAME=Default OS_PROJECT_NAME=rehearsal OS_PROJECT_DOMAIN_NAME=Default "
                + "OS_REGION_NAME=RegionOne",
            $"export OS_PASSWORD='{password}'",
        ], SshLab.Cancellation);
        var watch = new ProcessesSeen([password], _lab.File("cloud-hosts"));

        foreach (var target in (string[])["Plan", "Status", "Destroy"])
        {
            using var running = _operator.Start($"{target} --verbosity verbose --open-stack-rc {_lab.File("rc.sh")}");
            var said = await watch.WhileAsync(running.EndAsync());

            said.ExitCode.ShouldBe(0, said.Text);
            said.Text.ShouldNotContain(password);
        }

        watch.Found.ShouldBeEmpty();
        FilesWith(password, _operator.Root, _lab.File("cloud")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Would_be_found_in_a_file_and_in_an_argument_list()
    {
        const string Secret = "canary-that-leaks-19c4";
        var watch = new ProcessesSeen([Secret], _lab.Directory);
        await File.WriteAllTextAsync(Path.Combine(_operator.Root, "log"), $"password {Secret}", SshLab.Cancellation);

        using var leaking = Process.Start(
            new ProcessStartInfo("sh", ["-c", "read line", Secret]) { RedirectStandardInput = true, UseShellExecute = false })!;
        watch.Look();
        leaking.StandardInput.Close();
        await leaking.WaitForExitAsync(SshLab.Cancellation);

        watch.Found.ShouldNotBeEmpty();
        FilesWith(Secret, _operator.Root).ShouldHaveSingleItem();
    }

    private async Task<string> EncryptedAsync()
    {
        var file = _lab.File("encrypted");
        File.Copy(_lab.Key.Path, file);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var encrypt = Process.Start("ssh-keygen", ["-q", "-p", "-P", "", "-N", Passphrase, "-f", file]);
        await encrypt.WaitForExitAsync(SshLab.Cancellation);
        return await File.ReadAllTextAsync(file, SshLab.Cancellation);
    }

    private static IEnumerable<string> FilesWith(string secret, params IEnumerable<string> folders)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        return folders.SelectMany(
            folder => Directory.EnumerateFiles(folder, "*",
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
            .Where(file => File.ReadAllBytes(file).AsSpan().IndexOf(bytes) >= 0);
    }

    /// <summary>Looks at the processes of the machine again and again.</summary>
    /// <param name="secrets">What is looked for.</param>
    /// <param name="hosts">Where the folders of hosts are, which may hold credentials while a run goes on.</param>
    private sealed class ProcessesSeen(IReadOnlyList<string> secrets, string hosts)
    {
        private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

        public IReadOnlyList<string> Secrets => secrets;

        /// <summary>Processes that had a secret in their arguments.</summary>
        public HashSet<string> Found { get; } = new(StringComparer.Ordinal);

        /// <summary>Programs that had a secret in their environment, with the largest core file that each could leave.</summary>
        public HashSet<string> Holders { get; } = new(StringComparer.Ordinal);

        /// <summary>Files of credentials that were there for a while, with the most that anybody could do with them.</summary>
        public Dictionary<string, UnixFileMode> FilesOfSecrets { get; } = new(StringComparer.Ordinal);

        public async Task<T> WhileAsync<T>(Task<T> running)
        {
            while (!running.IsCompleted)
            {
                Look();
                await Task.WhenAny(running, Task.Delay(Between, TimeProvider.System, SshLab.Cancellation));
            }

            return await running;
        }

        public void Look()
        {
            foreach (var process in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
            {
                var arguments = Read(Path.Combine(process, "cmdline"));
                if (secrets.Any(secret => arguments.Contains(secret, StringComparison.Ordinal)))
                    Found.Add(arguments.Replace('\0', ' '));
                var environment = Read(Path.Combine(process, "environ"));
                if (secrets.Any(secret => environment.Contains(secret, StringComparison.Ordinal))
                    && Holder(arguments.Split('\0'), Read(Path.Combine(process, "limits"))) is { } holder)
                    Holders.Add(holder);
            }

            try
            {
                foreach (var file in Directory.EnumerateFiles(hosts, "credentials", SearchOption.AllDirectories))
                    FilesOfSecrets[file] = FilesOfSecrets.GetValueOrDefault(file) | File.GetUnixFileMode(file);
            }
            catch (IOException)
            {
                // It went while it was looked at.
            }
        }

        /// <summary>Null where it was gone meanwhile, and for the shell that becomes the program.</summary>
        private static string? Holder(string[] words, string limits)
        {
            if (limits.Length == 0 || words.Any(word => word.EndsWith("build.sh", StringComparison.Ordinal)))
                return null;

            var core = limits.Split('\n').First(limit => limit.StartsWith("Max core file size", StringComparison.Ordinal));
            return $"{Path.GetFileName(words.FirstOrDefault(word => word.EndsWith("/bin/lk", StringComparison.Ordinal)) ?? words[0])}, "
                + $"core files of {core.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4]}";
        }

        private static string Read(string file)
        {
            try
            {
                return File.ReadAllText(file);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return "";
            }
        }
    }
}
