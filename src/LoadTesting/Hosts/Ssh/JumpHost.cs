using Renci.SshNet;

namespace LoadTesting.Hosts.Ssh;

/// <summary>
/// The one connection to a jump host, shared by all hosts behind it; opened when first needed, and again when it was lost.
/// </summary>
/// <param name="endpoint">Where it is.</param>
internal sealed class JumpHost(SshEndpoint endpoint) : IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private SshClient? _client;

    public SshEndpoint Endpoint => endpoint;

    /// <summary>Makes a way to a host: a port on the loopback interface of this machine.</summary>
    /// <param name="target">The host as the jump host sees it.</param>
    /// <param name="logIn">Logs in to the jump host.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<ForwardedPortLocal> ForwardAsync(SshEndpoint target, Func<CancellationToken, Task<SshClient>> logIn,
        CancellationToken cancellation)
    {
        var client = await ClientAsync(logIn, cancellation);
        var port = new ForwardedPortLocal("127.0.0.1", target.Host, (uint)target.Port);
        client.AddForwardedPort(port);
        await Blocking.RunAsync(port.Start);
        return port;
    }

    public async ValueTask DisposeAsync()
    {
        await _one.WaitAsync();
        if (_client is not null)
            Blocking.Abandon(_client);
        _client = null;
        _one.Dispose();
    }

    private async Task<SshClient> ClientAsync(Func<CancellationToken, Task<SshClient>> logIn, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (_client is { IsConnected: true })
                return _client;

            if (_client is not null)
                Blocking.Abandon(_client);
            _client = null;
            return _client = await logIn(cancellation);
        }
        finally
        {
            _one.Release();
        }
    }
}
