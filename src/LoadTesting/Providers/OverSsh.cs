using LoadTesting.Hosts.Ssh;

namespace LoadTesting.Providers;

/// <summary>What providers share whose hosts are reached over SSH.</summary>
internal static class OverSsh
{
    /// <summary>The file with the host keys that were verified.</summary>
    public static string KnownHostsFile(this ProviderContext context) => Path.Combine(context.TemporaryDirectory, "known_hosts");

    /// <summary>The access to the hosts.</summary>
    /// <param name="context">What the provider is given.</param>
    /// <param name="ssh">How hosts are reached.</param>
    /// <param name="key">Finds the key that opens a host.</param>
    public static SshAccess Access(this ProviderContext context, SshParameters ssh, Func<FleetHost, SshKey> key) => new()
    {
        Parameters = ssh,
        Key = key,
        KnownHosts = new KnownHosts(context.KnownHostsFile()),
        Time = context.Time,
        Log = context.Log,
    };

    /// <summary>The key that opens a fleet's hosts; see <see cref="FleetKey"/>.</summary>
    public static SshKey KeyOf(this ProviderContext context, SshParameters ssh, string? fleet) =>
        FleetKey.Find(ssh, fleet, context.Home, context.Ask, SshAgent.At(context.Variables.GetValueOrDefault("SSH_AUTH_SOCK")));

    /// <summary>The known_hosts files of the operator's own ssh.</summary>
    public static UserKnownHosts OperatorsHosts(this ProviderContext context) =>
        new([Path.Combine(context.Home, ".ssh", "known_hosts"), Path.Combine(context.Home, ".ssh", "known_hosts2"),
            "/etc/ssh/ssh_known_hosts"]);
}
