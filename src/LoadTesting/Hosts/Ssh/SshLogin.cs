using System.Net.Sockets;

namespace LoadTesting.Hosts.Ssh;

/// <summary>Logging in by ssh, scp and Ansible.</summary>
/// <param name="parameters">How hosts are reached.</param>
/// <param name="files">Writes the files of these programs.</param>
public sealed class SshLogin(SshParameters parameters, SshFiles files) : IHostLogin
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, string Text)> Files(IReadOnlyList<FleetHost> hosts, string folder) =>
        [(SshFiles.ConfigName, files.Config(hosts)),
            (SshFiles.InventoryName, files.Inventory(hosts, Path.Combine(folder, SshFiles.ConfigName)))];

    /// <inheritdoc/>
    public string Command(FleetHost host, string folder) =>
        $"ssh -F {Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(folder, SshFiles.ConfigName))} {host.Name}";

    /// <inheritdoc/>
    public async Task<string> DescribeAsync(FleetHost host, CancellationToken cancellation) =>
        host.Address is { } address
            ? $"{await AnswerAsync(address, parameters.PortOf(host), cancellation)}: {files.Command(host)}"
            : "has no address";

    /// <summary>Whether sshd greets (RFC 4253, 4.2).</summary>
    private async Task<string> AnswerAsync(string address, int port, CancellationToken cancellation)
    {
        if (parameters.JumpHost is not null)
            return "behind the jump host";

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(Timeout);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address, port, timeout.Token);
            var greeting = new byte[4];
            await client.GetStream().ReadExactlyAsync(greeting, timeout.Token);
            return greeting.AsSpan().SequenceEqual("SSH-"u8) ? "SSH answers" : "something answers that is not SSH";
        }
        catch (Exception error)
            when (error is SocketException or IOException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return "SSH does not answer";
        }
    }
}
