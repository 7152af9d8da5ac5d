namespace LoadTesting.Model;

/// <summary>The fleet of machines: how many, whose, for how long, at what price.</summary>
public sealed record FleetParameters
{
    /// <summary><c>--fleet</c>: part of every name and of the ownership tag; fleets of different names do not touch each other.</summary>
    public string Name { get; init; } = DefaultOf(FleetHelp.Fleet);

    /// <summary><c>--instance-count</c>.</summary>
    public int InstanceCount { get; init; } = DefaultOf<int>(FleetHelp.InstanceCount);

    /// <summary><c>--min-servers</c>: the run goes on while at least so many are left; null: all are needed.</summary>
    public int? MinServers { get; init; }

    /// <summary><c>--server-retries</c>: how often a server that goes to ERROR or is lost is replaced before the phase fails.</summary>
    public int ServerRetries { get; init; } = DefaultOf<int>(FleetHelp.ServerRetries);

    /// <summary><c>--replace</c>: machines that differ from what is wanted (flavor, image, network, key) are made anew.</summary>
    public bool Replace { get; init; }

    /// <summary><c>--take-over</c>: use or destroy the fleet although another controller made it.</summary>
    public bool TakeOver { get; init; }

    /// <summary><c>--boot-timeout</c>: how long the machines may take until every one is up and has an address.</summary>
    public TimeSpan BootTimeout { get; init; } = DefaultOf<Duration>(FleetHelp.BootTimeout).Value;

    /// <summary><c>--expires-after</c>: lifetime in the ownership tag; <c>Sweep</c> deletes fleets past it.</summary>
    public TimeSpan ExpiresAfter { get; init; } = DefaultOf<Duration>(FleetHelp.ExpiresAfter).Value;

    /// <summary><c>--price-per-hour</c>, for one VM.</summary>
    public decimal PricePerHour { get; init; } = DefaultOf<decimal>(FleetHelp.PricePerHour);

    /// <summary>Who controls the fleet: user@host, or the CI run. Another controller's fleet is never taken unasked.</summary>
    public string Controller { get; init; } = "unknown";
}

/// <summary>How the cloud is reached and which of its things are used.</summary>
public sealed record OpenStackParameters
{
    /// <summary><c>--open-stack-rc</c>: the rc file; when it does not exist: clouds.yaml, else OS_* variables.</summary>
    public string RcFile { get; init; } = DefaultOf(OpenStackHelp.OpenStackRc);

    /// <summary><c>--os-cloud</c>: a name in clouds.yaml; null: none.</summary>
    public string? OsCloud { get; init; }

    /// <summary><c>--instance-flavor</c>: name or id.</summary>
    public string Flavor { get; init; } = DefaultOf(OpenStackHelp.InstanceFlavor);

    /// <summary><c>--image</c>: name or id.</summary>
    public string Image { get; init; } = DefaultOf(OpenStackHelp.Image);

    /// <summary><c>--network</c>: name or id.</summary>
    public string Network { get; init; } = DefaultOf(OpenStackHelp.Network);

    /// <summary><c>--floating-network</c>: name or id; null: the servers are reached by their fixed address.</summary>
    public string? FloatingNetwork { get; init; } = DefaultOf(OpenStackHelp.FloatingNetwork);

    /// <summary><c>--key-pair</c>: used if the cloud has it with the key of <c>--ssh-key</c>; otherwise the fleet gets its own.</summary>
    public string KeyPair { get; init; } = DefaultOf(OpenStackHelp.KeyPair);

    /// <summary><c>--security-group</c>: the first part of the name of the fleet's security group.</summary>
    public string SecurityGroup { get; init; } = DefaultOf(OpenStackHelp.SecurityGroup);

    /// <summary><c>--ssh-source</c>: networks from which SSH is accepted, separated by commas; null: everywhere.</summary>
    public string? SshSource { get; init; }

    /// <summary><c>--spread</c>: ask the cloud to put the servers on different hypervisors where it can (soft anti-affinity).</summary>
    public bool Spread { get; init; }

    /// <summary><c>--availability-zone</c>; null: the cloud decides.</summary>
    public string? AvailabilityZone { get; init; }
}

/// <summary>How the hosts are reached.</summary>
public sealed record SshParameters
{
    /// <summary>The key that is used when none is named, and is not missed when it does not exist.</summary>
    public static string DefaultKey { get; } = DefaultOf(SshHelp.SshKey);

    /// <summary><c>--ssh-key</c>: path of the private key; if the default does not exist, a key is generated for the fleet.</summary>
    public string Key { get; init; } = DefaultKey;

    /// <summary><c>--ssh-key-passphrase</c>; null: the key has none, or it is asked for.</summary>
    public Secret? KeyPassphrase { get; init; }

    /// <summary><c>--host-key-check</c>: how hosts prove who they are.</summary>
    public HostKeyCheck HostKeyCheck { get; init; }

    /// <summary>The folder for keys that are made for a fleet and deleted with it.</summary>
    public string MadeKeys { get; init; } = ".nuke/temp/keys";

    /// <summary><c>--ssh-user</c>.</summary>
    public string User { get; init; } = DefaultOf(SshHelp.SshUser);

    /// <summary><c>--ssh-port</c>.</summary>
    public int Port { get; init; } = DefaultOf<int>(SshHelp.SshPort);

    /// <summary><c>--ssh-jump-host</c>: user@host:port through which the hosts are reached; null: they are reached directly.</summary>
    public string? JumpHost { get; init; }
}

/// <summary>How a host that was never seen proves who it is. One that was seen must have the key that it had then.</summary>
public enum HostKeyCheck
{
    /// <summary>By the key that it printed on its console; by the first key seen where there is no console.</summary>
    Console,

    /// <summary>By the operator's known_hosts; a host that is not in there is refused.</summary>
    KnownHosts,

    /// <summary>By the operator's known_hosts; a host that is not in there is trusted and remembered.</summary>
    AcceptNew,
}
