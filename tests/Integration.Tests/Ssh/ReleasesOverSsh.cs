using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using LoadTesting.Hosts.Settings;
using LoadTesting.Lk;

namespace Tests.Ssh;

public sealed class ReleasesOverSsh : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private static readonly ConfiguredHost Host =
        new([], RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "aarch64" : "x86_64", LkSha256: null, AgentInstalled: true,
        Packages: null);
    private readonly SshLab _lab = new();
    private readonly LkMirror _mirror = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    private string Bin => Path.Combine(_lab.Home, ".livekit-loadtest", "bin");

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _mirror.DisposeAsync();
        await _lab.DisposeAsync();
    }

    [Fact]
    public async Task A_host_downloads_lk_once_and_what_runs_is_what_was_released()
    {
        var shell = await _lab.ConnectAsync(await _lab.StartAsync());
        using var release = Release();

        var first = await release.InstallAsync(shell, Host, SshLab.Cancellation);
        var second = await release.InstallAsync(shell, Host, SshLab.Cancellation);

        (first, second).ShouldBe((true, false));
        (await shell.RunAsync(".livekit-loadtest/bin/lk --version", Deadline, SshLab.Cancellation)).Text.ShouldBe("lk version 9.8.7\n");
        _mirror.Asked.ShouldBe(new Dictionary<string, int> { ["checksums.txt"] = 1, [Asset] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public async Task A_binary_that_was_changed_on_the_host_is_replaced()
    {
        var shell = await _lab.ConnectAsync(await _lab.StartAsync());
        using var release = Release();
        await release.InstallAsync(shell, Host, SshLab.Cancellation);
        await File.AppendAllTextAsync(Path.Combine(Bin, "lk"), "rm -rf everything\n", SshLab.Cancellation);

        (await release.InstallAsync(shell, Host, SshLab.Cancellation)).ShouldBeTrue();

        (await File.ReadAllTextAsync(Path.Combine(Bin, "lk"), SshLab.Cancellation)).ShouldBe(LkMirror.Binary);
    }

    [Fact]
    public async Task An_archive_with_the_wrong_checksum_is_deleted_and_the_lk_before_it_stays()
    {
        var shell = await _lab.ConnectAsync(await _lab.StartAsync());
        Directory.CreateDirectory(Bin);
        await File.WriteAllTextAsync(Path.Combine(Bin, "lk"), "before", SshLab.Cancellation);
        using var release = Release(parameters => parameters with { LkSha256 = new string('a', 64) });

        var error = await Should.ThrowAsync<LoadTestException>(() => release.InstallAsync(shell, Host, SshLab.Cancellation));

        error.Message.ShouldContain($"wrong checksum: got {_mirror.Sha256}, expected aaaa");
        Directory.GetFiles(Bin).Select(Path.GetFileName).ShouldBe(["lk"]);
        (await File.ReadAllTextAsync(Path.Combine(Bin, "lk"), SshLab.Cancellation)).ShouldBe("before");
    }

    [Fact]
    public async Task Hosts_without_a_way_out_are_given_the_archive_which_is_fetched_once()
    {
        // Neither curl nor wget is on the path of these hosts, only what the script needs besides.
        var path = Directory.CreateDirectory(_lab.File("bin")).FullName;
        foreach (var program in (string[])["bash", "timeout", "sha256sum", "cut", "tar", "gzip", "cat", "mkdir", "mv", "rm", "chmod", "wc",
            "tail", "uname"])
            File.CreateSymbolicLink(Path.Combine(path, program),
                File.Exists($"/usr/bin/{program}") ? $"/usr/bin/{program}" : $"/bin/{program}");
        var server = await _lab.StartAsync(environment: new Dictionary<string, string> { ["PATH"] = path });
        var other = await _lab.StartAsync("host-2", environment: new Dictionary<string, string> { ["PATH"] = path });
        using var release = Release();

        var connections = new[] { await _lab.ConnectAsync(server),
            await _lab.Connector(other.Port).ConnectAsync(Sshd.HostAt("id-2"), Deadline, SshLab.Cancellation) };
        var installed = await Task.WhenAll(connections.Select(shell => release.InstallAsync(shell, Host, SshLab.Cancellation)));

        installed.ShouldBe([true, true]);
        _mirror.Asked[Asset].ShouldBe(1);
        Directory.GetFiles(Bin).Select(Path.GetFileName).Order().ShouldBe(["lk", "lk.release"]);
    }

    [Fact]
    public async Task A_version_that_was_never_released_is_an_error_that_says_where_it_was_looked_for()
    {
        var shell = await _lab.ConnectAsync(await _lab.StartAsync());
        using var release = Release(parameters => parameters with { LkMirror = _mirror.Url + "/nowhere", LkVersion = "1.2.3" });

        var error = await Should.ThrowAsync<LoadTestException>(() => release.InstallAsync(shell, Host, SshLab.Cancellation));

        error.Message.ShouldContain("lk 1.2.3 has no lk_1.2.3_linux_");
    }

    [Fact]
    public async Task A_mirror_that_takes_connections_and_never_answers_is_an_error_that_names_it()
    {
        var shell = await _lab.ConnectAsync(await _lab.StartAsync());
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(1) };
        using var release = new LkRelease(
            new LiveKitParameters { LkVersion = LkMirror.Version, LkMirror = $"http://{silent.LocalEndpoint}" }, http);

        var error = await Should.ThrowAsync<LoadTestException>(() => release.InstallAsync(shell, Host, SshLab.Cancellation));

        error.Message.ShouldContain($"{silent.LocalEndpoint}/v{LkMirror.Version}/checksums.txt cannot be downloaded: no answer within 1 s");
    }

    [Theory]
    [InlineData("v2.18.1")]
    [InlineData("latest")]
    [InlineData("2.18.1; rm -rf /")]
    public void What_is_no_version_is_refused(string version) =>
        Should.Throw<LoadTestException>(() => Release(parameters => parameters with { LkVersion = version })).ExitCode.ShouldBe(
            ExitCodes.InvalidParameters);

    private string Asset => _mirror.Asked.Keys.Single(name => name.StartsWith("lk_", StringComparison.Ordinal));

    private LkRelease Release(Func<LiveKitParameters, LiveKitParameters>? with = null)
    {
        var parameters = new LiveKitParameters { LkVersion = LkMirror.Version, LkMirror = _mirror.Url };
        return new LkRelease(with is null ? parameters : with(parameters), _http);
    }
}
