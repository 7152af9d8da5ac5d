using System.Diagnostics;
using LoadTesting.Hosts;
using LoadTesting.Hosts.Ssh;
using LoadTesting.Providers.Inventory;

namespace Tests.Ssh;

/// <summary>The files that Provision leaves, as OpenSSH's own client reads them.</summary>
public sealed class SshFilesOverSsh : IAsyncLifetime
{
    private readonly SshLab _lab = new();
    private Sshd? _server;

    public async ValueTask InitializeAsync() => _server = await _lab.StartAsync();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Theory]
    [InlineData("livekit-loadtest-01")]
    [InlineData("vm-01")]
    [InlineData("127.0.0.1")]
    public async Task Ssh_logs_in_by_name_once_the_host_key_was_verified(string name)
    {
        await _lab.ConnectAsync(_server!);

        var (exitCode, said) = await SshAsync(Sshd.HostAt(), name);

        exitCode.ShouldBe(0, said);
        said.ShouldContain("logged in");
    }

    [Fact]
    public async Task Ssh_refuses_a_host_whose_key_nobody_has_verified()
    {
        var (exitCode, said) = await SshAsync(Sshd.HostAt("id-of-another"), "livekit-loadtest-01");

        exitCode.ShouldBe(255);
        said.ShouldContain("Host key verification failed");
    }

    [Fact]
    public async Task The_inventory_names_the_same_hosts()
    {
        var path = _lab.File("inventory.ini");
        await File.WriteAllTextAsync(path, Files().Inventory([Sshd.HostAt()], _lab.File("ssh_config")), SshLab.Cancellation);

        var machine = InventoryFile.HostsOf(new InventoryParameters(path, "livekit_loadtest"), count: null, new SshParameters(),
            _lab.Directory).ShouldHaveSingleItem();

        (machine.Name, machine.Address, machine.Port, machine.User, machine.KeyFile)
            .ShouldBe(("livekit-loadtest-01", "127.0.0.1", _server!.Port, Environment.UserName, _lab.Key.Path));
    }

    private SshFiles Files() =>
        new(new SshParameters { User = Environment.UserName, Port = _server!.Port }, _ => _lab.Key.Path, _lab.KnownHosts.Path);

    private async Task<(int ExitCode, string Said)> SshAsync(FleetHost machine, string name)
    {
        var config = _lab.File("ssh_config");
        await File.WriteAllTextAsync(config, Files().Config([machine]), SshLab.Cancellation);
        using var ssh = Process.Start(new ProcessStartInfo("ssh", ["-F", config, "-o", "BatchMode=yes", name, "echo logged in"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var (said, errors) =
            (ssh.StandardOutput.ReadToEndAsync(SshLab.Cancellation), ssh.StandardError.ReadToEndAsync(SshLab.Cancellation));
        await ssh.WaitForExitAsync(SshLab.Cancellation);
        return (ssh.ExitCode, await said + await errors);
    }
}
