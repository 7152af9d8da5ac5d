namespace LoadTesting.Hosts.Ssh;

/// <summary>What it takes to reach the hosts of a fleet.</summary>
public sealed record SshAccess
{
    /// <summary>What the operator set.</summary>
    public required SshParameters Parameters { get; init; }

    /// <summary>Finds the key that opens a machine; asked at each connection, because a key may be made together with the fleet.</summary>
    public required Func<FleetHost, SshKey> Key { get; init; }

    /// <summary>The host keys seen so far.</summary>
    public required KnownHosts KnownHosts { get; init; }

    /// <summary>Reads what a machine printed on its console; null when machines have none, as those of an inventory.</summary>
    public Func<FleetHost, CancellationToken, Task<string>>? Console { get; init; }

    /// <summary>After so long a silence a host is asked whether it is there, and has as long again to answer.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The operator's own known_hosts; null: addresses belong to another machine tomorrow, so its entries mean nothing.</summary>
    public UserKnownHosts? OperatorsHosts { get; init; }

    /// <summary>For so long a machine may refuse our key: sshd answers before cloud-init has put the key in place.</summary>
    public TimeSpan KeyGrace { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest timeout of a connection, whatever the phase allows; for hosts that are already up.</summary>
    public TimeSpan MaxConnectTimeout { get; init; } = TimeSpan.MaxValue;

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Where trusted keys and failed attempts are noted.</summary>
    public required IProgressLog Log { get; init; }
}
