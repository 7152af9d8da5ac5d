using System.Diagnostics;
using LoadTesting.Hosts.Ssh;

namespace Tests.Ssh;

/// <summary>A real ssh-agent, a real sshd: the private key is never read by us.</summary>
public sealed class KeysOfAnAgent : IAsyncDisposable
{
    private const string Passphrase = "correct horse";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private readonly SshLab _lab = new();
    private readonly Process _process;
    private readonly SshAgent _agent;

    public KeysOfAnAgent()
    {
        _process = Process.Start(
            new ProcessStartInfo("ssh-agent", ["-D", "-a", _lab.File("agent")]) { RedirectStandardOutput = true,
            UseShellExecute = false })!;
        _process.StandardOutput.ReadLine(); // it listens once it has said where
        _agent = SshAgent.At(_lab.File("agent"))!;
    }

    private SshParameters Parameters => new() { MadeKeys = _lab.File("made") };

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        await _lab.DisposeAsync();
    }

    [Theory]
    [InlineData("ed25519")]
    [InlineData("ecdsa")]
    [InlineData("rsa")]
    public async Task Open_a_host_when_there_is_no_key_file(string type)
    {
        await AddAsync("other", "ed25519");
        var wanted = await AddAsync("wanted", type);
        await using var server = await Sshd.StartAsync(_lab.File("host"), wanted, 0, environment: null);

        var key = FleetKey.Find(Parameters, fleet: null, _lab.Directory, ask: null, _agent);

        (await SayAsync(server, key)).ShouldBe("in\n");
    }

    [Fact]
    public async Task Open_an_encrypted_key_that_nobody_is_there_to_give_the_passphrase_of()
    {
        var line = await AddAsync("id", "ed25519", Passphrase);
        await using var server = await Sshd.StartAsync(_lab.File("host"), line, 0, environment: null);

        var key = FleetKey.Find(Parameters with { Key = _lab.File("keys", "id") }, fleet: null, _lab.Directory, ask: null, _agent);

        key.Path.ShouldBe(_lab.File("keys", "id"));
        (await SayAsync(server, key)).ShouldBe("in\n");
    }

    [Fact]
    public async Task Are_told_to_a_cloud_and_to_ssh_by_the_public_key()
    {
        var line = await AddAsync("id", "ecdsa");

        var key = FleetKey.Find(Parameters, "fleet", _lab.Directory, ask: null, _agent);

        key.PublicLine.Split(' ')[..2].ShouldBe(line.Split(' ')[..2]);
        (await File.ReadAllTextAsync(key.Path, SshLab.Cancellation)).ShouldBe(key.PublicLine + "\n");
    }

    [Fact]
    public async Task Do_not_count_for_a_fleet_that_was_made_with_a_key_of_its_own()
    {
        var made = FleetKey.Find(Parameters, "fleet", _lab.Directory, ask: null);
        await AddAsync("id", "ed25519");

        FleetKey.Find(Parameters, "fleet", _lab.Directory, ask: null, _agent).PublicLine.ShouldBe(made.PublicLine);
    }

    [Fact]
    public void An_agent_without_keys_and_one_that_is_gone_are_as_none()
    {
        FleetKey.Find(Parameters, "one", _lab.Directory, ask: null, _agent).Path.ShouldBe(_lab.File("made", "one"));
        FleetKey.Find(Parameters, "two", _lab.Directory, ask: null, SshAgent.At(_lab.File("gone"))).Path.ShouldBe(_lab.File("made", "two"));
        SshAgent.At("").ShouldBeNull();
    }

    private async Task<string> SayAsync(Sshd server, SshKey key)
    {
        await using var shell = await _lab.ConnectAsync(server, access => access with { Key = _ => key });
        return (await shell.RunAsync("echo in", Deadline, SshLab.Cancellation)).Text;
    }

    /// <summary>Gives the agent a new key.</summary>
    /// <returns>The public key.</returns>
    private async Task<string> AddAsync(string name, string type, string passphrase = "")
    {
        var path = _lab.File("keys", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await RunAsync("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-f", path);
        await File.WriteAllTextAsync(_lab.File("answer"), $"#!/bin/sh\necho '{passphrase}'\n", SshLab.Cancellation);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_lab.File("answer"), UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        await RunAsync("ssh-add", "-q", path);
        return (await File.ReadAllTextAsync($"{path}.pub", SshLab.Cancellation)).Trim();
    }

    private async Task RunAsync(string program, params string[] words)
    {
        var start = new ProcessStartInfo(program, words) { UseShellExecute = false, RedirectStandardInput = true,
            RedirectStandardError = true };
        start.Environment["SSH_AUTH_SOCK"] = _lab.File("agent");
        start.Environment["SSH_ASKPASS"] = _lab.File("answer");
        start.Environment["SSH_ASKPASS_REQUIRE"] = "force";
        using var process = Process.Start(start)!;
        var complaints = await process.StandardError.ReadToEndAsync(SshLab.Cancellation);
        await process.WaitForExitAsync(SshLab.Cancellation);
        process.ExitCode.ShouldBe(0, $"{program}: {complaints}");
    }
}
