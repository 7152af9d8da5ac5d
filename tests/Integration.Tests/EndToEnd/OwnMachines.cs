using Rehearsal.Hosts;
using Rehearsal.LiveKit;
using Tests.Ssh;

namespace Integration.Tests.EndToEnd;

/// <summary>The main job on machines that exist already: two real sshd, an inventory that names them, lk that plays recordings.</summary>
public sealed class OwnMachines : IAsyncDisposable
{
    private readonly Operator _operator = new();
    private readonly SshLab _lab = new();
    private readonly HostFolders _folders;

    public OwnMachines() => _folders = new HostFolders(_lab.File("machines"), "healthy");

    public async ValueTask DisposeAsync()
    {
        foreach (var name in (string[])["one", "two"])
            _folders.Delete(name);
        await _lab.DisposeAsync();
        _operator.Dispose();
    }

    [Fact]
    public async Task Are_loaded_and_reported_by_one_command_and_left_as_they_were()
    {
        var hosts = await StartAsync();
        var before = Settings();
        var inventory = Inventory(hosts);
        await File.WriteAllLinesAsync(_lab.File("hosts"), inventory, SshLab.Cancellation);
        await using var door = await LiveKitStub.OpenAsync(SshLab.Cancellation);
        var liveKit = door.Credentials;
        var words = $"--cloud inventory --inventory {_lab.File("hosts")} --inventory-group load --lk-binary {HostFolders.Lk} "
            + $"--test-duration 6s --participants-per-vm 20 --livekit-url {liveKit.Url} --livekit-api-key {liveKit.ApiKey}";

        var unknown = await RunAsync($"Provision {words}", liveKit.ApiSecret);

        unknown.ExitCode.ShouldBe(1, unknown.Text);
        unknown.Text.ShouldContain("a host key that is not known");
        unknown.Text.ShouldContain("--host-key-check accept-new");

        _operator.Knows(hosts.Select(host => $"[127.0.0.1]:{host.Port} {host.HostKey.Type} {host.HostKey.Base64}"));
        var configured = await RunAsync($"Configure {words}", liveKit.ApiSecret);

        configured.ExitCode.ShouldBe(0, configured.Text);
        configured.Text.ShouldContain("2 hosts configured, 2 changed.");
        Settings().ShouldNotBe(before);

        var said = await RunAsync($"Report {words}", liveKit.ApiSecret);

        said.ExitCode.ShouldBe(0, said.Text);
        said.Text.ShouldContain("2 hosts configured, nothing to change.");
        said.Text.ShouldContain("their settings are as they were");
        foreach (var file in (string[])["final-report.html", "vm-01-results.tar.gz", "vm-02/logs/lk-1.stdout"])
            File.Exists(Path.Combine(_operator.Results, file)).ShouldBeTrue(file);
        Settings().ShouldBe(before);
        foreach (var name in (string[])["one", "two"])
        {
            Directory.Exists(Path.Combine(_folders.RootOf(name), "home/ubuntu/.livekit-loadtest")).ShouldBeFalse();
            Directory.EnumerateFiles(Path.Combine(_folders.RootOf(name), "etc/sysctl.d")).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Of_another_controller_are_neither_taken_nor_put_back()
    {
        var hosts = await StartAsync();
        await File.WriteAllLinesAsync(_lab.File("hosts"), Inventory(hosts), SshLab.Cancellation);
        var mark = Path.Combine(_folders.RootOf("two"), "home/ubuntu/.livekit-loadtest/mark");
        Directory.CreateDirectory(Path.GetDirectoryName(mark)!);
        await File.WriteAllTextAsync(mark, "nightly github:acme/load\n", SshLab.Cancellation);
        var words = $"--cloud inventory --inventory {_lab.File("hosts")} --inventory-group load --host-key-check accept-new --lk-binary "
            + $"{HostFolders.Lk}";

        var provisioned = await RunAsync($"Provision {words}");
        var status = await RunAsync($"Status {words}");
        var destroyed = await RunAsync($"Destroy {words}");

        provisioned.ExitCode.ShouldBe(1, provisioned.Text);
        provisioned.Text.ShouldContain("it is in fleet nightly of github:acme/load; --take-over makes it yours");
        status.Text.ShouldContain("fleet nightly: 1 server");
        destroyed.ExitCode.ShouldBe(1, destroyed.Text);
        destroyed.Text.ShouldContain("1 of 2 machines were not put back");
        File.Exists(mark).ShouldBeTrue();

        (await RunAsync($"Destroy {words} --take-over")).ExitCode.ShouldBe(0);
        File.Exists(mark).ShouldBeFalse();
    }

    [Fact]
    public async Task That_refuse_the_key_say_so_at_once_with_what_was_tried()
    {
        var hosts = await StartAsync();
        var stranger = LoadTesting.Hosts.Ssh.SshKey.Create(_lab.File("stranger"));
        await File.WriteAllLinesAsync(_lab.File("hosts"),
            [.. Inventory(hosts), "[load:vars]", $"ansible_ssh_private_key_file={stranger.Path}"], SshLab.Cancellation);

        var said = await RunAsync(
            $"Provision --cloud inventory --inventory {_lab.File("hosts")} --inventory-group load --host-key-check accept-new");

        said.ExitCode.ShouldBe(1, said.Text);
        said.Text.ShouldContain($"does not let {Environment.UserName} in with the key {stranger.Path} ({stranger.Fingerprint})");
    }

    private Task<Said> RunAsync(string words, Secret? secret = null) =>
        _operator.RunAsync($"{words} --ssh-key {_lab.Key.Path}", ("LIVEKIT_API_SECRET", secret?.Reveal() ?? "none"));

    private async Task<IReadOnlyList<Sshd>> StartAsync()
    {
        var hosts = new List<Sshd>();
        foreach (var (name, index) in new[] { ("one", 1), ("two", 2) })
        {
            _folders.Boot(name, index);
            hosts.Add(await _lab.StartOnAsync(_folders.RootOf(name), name));
        }

        return hosts;
    }

    private static IReadOnlyList<string> Inventory(IReadOnlyList<Sshd> hosts) =>
    [
        "elsewhere.invalid",
        "[load]",
        .. hosts.Select((host, index) =>
            $"load-{index + 1:00} ansible_host=127.0.0.1 ansible_port={host.Port} ansible_user={Environment.UserName}"),
    ];

    private string Settings() => string.Join('\n', ((string[])["one", "two"])
        .SelectMany(name => Directory.EnumerateFiles(Path.Combine(_folders.RootOf(name), "proc/sys"), "*", SearchOption.AllDirectories))
        .Order(StringComparer.Ordinal)
        .Select(file => $"{file} {string.Join(' ', File.ReadAllText(file).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}"));
}
