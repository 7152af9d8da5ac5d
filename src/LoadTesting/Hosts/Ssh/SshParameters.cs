namespace LoadTesting.Hosts.Ssh;

/// <summary>How hosts are reached over SSH, by every provider whose hosts have an sshd.</summary>
public sealed record SshParameters
{
    /// <summary>The key that is used when none is named, and is not missed when it does not exist.</summary>
    public static string DefaultKey { get; } = DefaultOf(SshHelp.SshKey);

    /// <summary>
    /// <c>--ssh-key</c>: path of the private key; when none is named and the default does not exist, a key is made for the fleet.
    /// </summary>
    public string Key { get; init; } = DefaultKey;

    /// <summary><c>--ssh-key-passphrase</c>; null: the key has none, or the program prompts for it.</summary>
    public Secret? KeyPassphrase { get; init; }

    /// <summary><c>--host-key-check</c>: how hosts prove who they are; null: as suits the provider's hosts.</summary>
    public HostKeyCheck? HostKeyCheck { get; init; }

    /// <summary>The folder for keys that are made for a fleet and deleted with it.</summary>
    public string MadeKeys { get; init; } = ".nuke/temp/keys";

    /// <summary><c>--ssh-user</c>.</summary>
    public string User { get; init; } = DefaultOf(SshHelp.SshUser);

    /// <summary><c>--ssh-port</c>.</summary>
    public int Port { get; init; } = DefaultOf<int>(SshHelp.SshPort);

    /// <summary><c>--ssh-jump-host</c>: user@host:port through which the hosts are reached; null: they are reached directly.</summary>
    public string? JumpHost { get; init; }

    /// <summary>Who logs in to a host.</summary>
    public string UserOf(FleetHost host) => (host as SshHost)?.User ?? User;

    /// <summary>Port of a host's sshd.</summary>
    public int PortOf(FleetHost host) => (host as SshHost)?.Port ?? Port;
}

/// <summary>A host with its own port, user or key.</summary>
public sealed record SshHost : FleetHost
{
    /// <summary>Port of its sshd; null: <c>--ssh-port</c>.</summary>
    public int? Port { get; init; }

    /// <summary>Who logs in; null: <c>--ssh-user</c>.</summary>
    public string? User { get; init; }

    /// <summary>Path of the private key that opens it; null: <c>--ssh-key</c>.</summary>
    public string? KeyFile { get; init; }
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
