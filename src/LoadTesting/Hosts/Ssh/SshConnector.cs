using Renci.SshNet;
using Renci.SshNet.Common;

namespace LoadTesting.Hosts.Ssh;

/// <summary>Connects to hosts over SSH, directly or through a jump host.</summary>
/// <param name="access">Key, host keys, user.</param>
public sealed class SshConnector(SshAccess access) : IHostConnector, IAsyncDisposable
{
    private static readonly TimeSpan OneAttempt = TimeSpan.FromSeconds(10);

    private readonly JumpHost? _jump = access.Parameters.JumpHost is { } jump
        ? new JumpHost(SshEndpoint.Parse(jump, access.Parameters.User))
        : null;

    /// <inheritdoc/>
    public async Task<IRemoteShell> ConnectAsync(FleetHost host, TimeSpan timeout, CancellationToken cancellation)
    {
        var address = host.Address ?? throw new HostUnreachableException($"{host.Name} has no address");
        var endpoint = new SshEndpoint(access.Parameters.UserOf(host), address, access.Parameters.PortOf(host));
        var login = new Login(endpoint, access.Key(host), new HostTrust(access, host));
        timeout = timeout < access.MaxConnectTimeout ? timeout : access.MaxConnectTimeout;
        var started = access.Time.GetTimestamp();
        long? refused = null;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await OpenAsync(login, cancellation);
            }
            catch (Exception error) when (SshErrors.IsConnection(error))
            {
                var pause = Pause(attempt, Random.Shared.NextDouble());
                refused = error is SshAuthenticationException ? refused ?? access.Time.GetTimestamp() : null;
                if (refused is { } since && access.Time.GetElapsedTime(since) + pause >= access.KeyGrace)
                    throw Rejected(login, error);
                if (access.Time.GetElapsedTime(started) + pause >= timeout)
                    throw new HostUnreachableException(
                        $"no SSH at {endpoint} as {endpoint.User} within {timeout.TotalSeconds:0} s; last seen: "
                        + $"{SshErrors.Describe(error)}", error);

                access.Log.Detail($"{host.Name}: {SshErrors.Describe(error)} at {endpoint}; again in {pause.TotalSeconds:0.0} s");
                await Task.Delay(pause, access.Time, cancellation);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_jump is not null)
            await _jump.DisposeAsync();
    }

    /// <summary>
    /// Pauses grow from a quarter of a second to three, each up to a quarter shorter or longer, so that a fleet does not knock in step.
    /// </summary>
    private static TimeSpan Pause(int attempt, double random) =>
        TimeSpan.FromSeconds(Math.Min(3, 0.25 * Math.Pow(1.6, attempt)) * (0.75 + (random / 2)));

    private static HostUnreachableException Rejected(Login login, Exception error) => new(
        $"{login.Endpoint} does not let {login.Endpoint.User} in with the key {login.Key.Path} ({login.Key.Fingerprint}): "
            + $"{error.Message.TrimEnd('.')}. "
        + "Expected that key in the user's authorized_keys; --ssh-user and --ssh-key name others.",
        error);

#pragma warning disable CA2000 // "Dispose objects before losing scope": the shell owns the connection and its route
    private async Task<IRemoteShell> OpenAsync(Login login, CancellationToken cancellation)
    {
        if (_jump is null)
            return new SshShell(await LogInAsync(login, cancellation), route: null, access);

        var route = await RouteAsync(_jump, login.Endpoint, cancellation);
        try
        {
            var near = login.Endpoint with { Host = route.BoundHost, Port = (int)route.BoundPort };
            return new SshShell(await LogInAsync(login with { Endpoint = near }, cancellation), route, access);
        }
        catch
        {
            Blocking.Abandon(route);
            throw;
        }
    }
#pragma warning restore CA2000

    private Task<ForwardedPortLocal> RouteAsync(JumpHost jump, SshEndpoint target, CancellationToken cancellation)
    {
        var host = new SshHost
        {
            Id = $"jump:{jump.Endpoint}",
            Name = "the jump host",
            Index = 0,
            Status = "ACTIVE",
            Address = jump.Endpoint.Host,
            Port = jump.Endpoint.Port,
        };
        var login = new Login(jump.Endpoint, access.Key(host), new HostTrust(access with { Console = null }, host));
        return jump.ForwardAsync(target, token => LogInAsync(login, token), cancellation);
    }

    /// <summary>Logs in; nothing is sent, not even a signature, before the host has proved who it is.</summary>
    private async Task<SshClient> LogInAsync(Login login, CancellationToken cancellation)
    {
        var trust = login.Trust;
        await trust.LearnAsync(cancellation);
        var client = Client(login);
        client.HostKeyReceived += (_, offer) => offer.CanTrust = trust.Accepts(HostKey.FromWire(offer.HostKey));
        var connecting = Blocking.RunAsync(client.Connect);
        try
        {
            await connecting.WaitAsync(cancellation);
        }
        catch (Exception error)
        {
            Blocking.Abandon(client, connecting);
            if (SshErrors.IsConnection(error) && trust.Refusal is { } refusal)
                throw refusal;
            throw;
        }

        trust.Settle();
        return client;
    }

    private SshClient Client(Login login)
    {
        var endpoint = login.Endpoint;
        var connection = new ConnectionInfo(endpoint.Host, endpoint.Port, endpoint.User,
            new PrivateKeyAuthenticationMethod(endpoint.User, login.Key.Open()))
        {
            Timeout = OneAttempt,
            ChannelCloseTimeout = TimeSpan.FromSeconds(1),
        };

        // Half the work of SSH.NET's first choice, AES in counter mode with a separate MAC.
        connection.Encryptions.SetPosition("aes128-gcm@openssh.com", 0);

        // ML-KEM is for hosts that know it. NTRU Prime, SSH.NET's next choice, takes 50 ms of a core for each connection in managed code
        // (ADR 8).
        connection.KeyExchangeAlgorithms.SetPosition("mlkem768x25519-sha256", 0);
        connection.KeyExchangeAlgorithms.SetPosition("curve25519-sha256", 1);

        // Only key types that are known for the host are requested, as ssh does; certificates never are.
        var types = login.Trust.Expected.Select(key => key.Type).ToHashSet();
        foreach (var algorithm in connection.HostKeyAlgorithms.Keys.Where(name => !IsWanted(name, types)).ToList())
            connection.HostKeyAlgorithms.Remove(algorithm);

        return new SshClient(connection) { KeepAliveInterval = access.KeepAlive };
    }

    private static bool IsWanted(string algorithm, HashSet<string> types)
    {
        var type = algorithm.StartsWith("rsa-sha2-", Ordinal) ? "ssh-rsa" : algorithm;
        return !algorithm.Contains("-cert-", Ordinal) && (types.Count == 0 || types.Contains(type));
    }

    private sealed record Login(SshEndpoint Endpoint, SshKey Key, HostTrust Trust);
}
