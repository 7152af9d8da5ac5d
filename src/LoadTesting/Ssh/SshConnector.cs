using LoadTesting.Fleet;
using Renci.SshNet;

namespace LoadTesting.Ssh;

/// <summary>Connects to hosts over SSH, directly or through a jump host.</summary>
/// <param name="access">Key, host keys, user.</param>
public sealed class SshConnector(SshAccess access) : IHostConnector, IAsyncDisposable
{
    private static readonly TimeSpan OneAttempt = TimeSpan.FromSeconds(10);

    private readonly Lazy<SshKey> _key = new(access.Key);
    private readonly JumpHost? _jump = access.Parameters.JumpHost is { } jump ? new JumpHost(SshEndpoint.Parse(jump, access.Parameters.User)) : null;

    /// <inheritdoc/>
    public async Task<IRemoteShell> ConnectAsync(Machine machine, TimeSpan patience, CancellationToken cancellation)
    {
        var address = machine.Address ?? throw new HostUnreachableException($"{machine.Name} has no address");
        var endpoint = new SshEndpoint(access.Parameters.User, address, access.Parameters.Port);
        var trust = new HostTrust(access, machine);
        var started = access.Time.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await OpenAsync(endpoint, trust, cancellation);
            }
            catch (Exception error) when (SshErrors.IsConnection(error))
            {
                var pause = Pause(attempt, Random.Shared.NextDouble());
                if (access.Time.GetElapsedTime(started) + pause >= patience)
                    throw new HostUnreachableException($"no SSH at {endpoint} as {endpoint.User} within {patience.TotalSeconds:0} s; last seen: {SshErrors.Describe(error)}", error);

                access.Log.Detail($"{machine.Name}: {SshErrors.Describe(error)} at {endpoint}; again in {pause.TotalSeconds:0.0} s");
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

    /// <summary>Pauses grow from a quarter of a second to three, each up to a quarter shorter or longer, so that a fleet does not knock in step.</summary>
    private static TimeSpan Pause(int attempt, double random) =>
        TimeSpan.FromSeconds(Math.Min(3, 0.25 * Math.Pow(1.6, attempt)) * (0.75 + (random / 2)));

#pragma warning disable CA2000 // "Dispose objects before losing scope": the shell owns the connection and its route
    private async Task<IRemoteShell> OpenAsync(SshEndpoint endpoint, HostTrust trust, CancellationToken cancellation)
    {
        if (_jump is null)
            return new SshShell(await LogInAsync(endpoint, trust, cancellation), route: null, access);

        var route = await RouteAsync(_jump, endpoint, cancellation);
        try
        {
            var near = endpoint with { Host = route.BoundHost, Port = (int)route.BoundPort };
            return new SshShell(await LogInAsync(near, trust, cancellation), route, access);
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
        var machine = new Machine { Id = $"jump:{jump.Endpoint}", Name = "the jump host", Index = 0, Status = "ACTIVE", Address = jump.Endpoint.Host };
        var trust = new HostTrust(access with { Console = null }, machine);
        return jump.ForwardAsync(target, token => LogInAsync(jump.Endpoint, trust, token), cancellation);
    }

    /// <summary>Logs in; nothing is sent, not even a signature, before the host has proved who it is.</summary>
    private async Task<SshClient> LogInAsync(SshEndpoint endpoint, HostTrust trust, CancellationToken cancellation)
    {
        await trust.LearnAsync(cancellation);
        var client = Client(endpoint, trust.Expected);
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

    private SshClient Client(SshEndpoint endpoint, IReadOnlyList<HostKey> expected)
    {
        var connection = new ConnectionInfo(endpoint.Host, endpoint.Port, endpoint.User, new PrivateKeyAuthenticationMethod(endpoint.User, _key.Value.Open()))
        {
            Timeout = OneAttempt,
            ChannelCloseTimeout = TimeSpan.FromSeconds(1),
        };

        // The host is asked for a key of a type that is known, as ssh does; certificates are not known.
        var types = expected.Select(key => key.Type).ToHashSet(StringComparer.Ordinal);
        foreach (var algorithm in connection.HostKeyAlgorithms.Keys.Where(name => !IsWanted(name, types)).ToList())
            connection.HostKeyAlgorithms.Remove(algorithm);

        return new SshClient(connection) { KeepAliveInterval = access.KeepAlive };
    }

    private static bool IsWanted(string algorithm, HashSet<string> types)
    {
        var type = algorithm.StartsWith("rsa-sha2-", StringComparison.Ordinal) ? "ssh-rsa" : algorithm;
        return !algorithm.Contains("-cert-", StringComparison.Ordinal) && (types.Count == 0 || types.Contains(type));
    }
}
