using System.Collections.Frozen;

namespace LoadTesting.Fleet.Host;

/// <summary>A kernel setting that a load generator needs.</summary>
/// <param name="Name">Its name for sysctl.</param>
/// <param name="Wanted">The value, as /proc/sys prints it (blanks for tabs).</param>
/// <param name="Why">What goes wrong without it.</param>
public sealed record HostSetting(string Name, string Wanted, string Why)
{
    /// <summary>All of them, as the original system set them, and what LiveKit's documentation adds.</summary>
    public static IReadOnlyList<HostSetting> All { get; } =
    [
        new("net.core.rmem_max", "134217728", "UDP receive buffers of 128 MB: a full one drops packets that the network delivered"),
        new("net.core.wmem_max", "134217728", "UDP send buffers of 128 MB"),
        new("net.core.rmem_default", "16777216", "lk does not ask for larger buffers itself"),
        new("net.core.wmem_default", "16777216", "lk does not ask for larger buffers itself"),
        new("net.ipv4.tcp_rmem", "4096 87380 134217728", "signalling over TCP"),
        new("net.ipv4.tcp_wmem", "4096 65536 134217728", "signalling over TCP"),
        new("net.core.default_qdisc", "fq", "BBR paces with it"),
        new("net.ipv4.tcp_congestion_control", "bbr", "signalling does not stall when media loses packets"),
        new("net.core.netdev_max_backlog", "250000", "packets wait for the processor instead of being dropped"),
        new("net.core.netdev_budget", "600", "more packets for each turn of the network interrupt"),
        new("net.core.somaxconn", "65535", "bursts of connections"),
        new("net.ipv4.ip_local_port_range", "1024 65535", "every participant opens several sockets"),
        new("net.netfilter.nf_conntrack_max", "524288", "connection tracking for every socket of every participant"),
        new("fs.file-max", "2097152", "13 descriptors for each participant"),
        new("fs.nr_open", "1048576", "13 descriptors for each participant"),
    ];

    /// <summary>The same by name.</summary>
    public static FrozenDictionary<string, HostSetting> ByName { get; } = All.ToFrozenDictionary(setting => setting.Name, StringComparer.Ordinal);
}

/// <summary>What became of a setting on a host.</summary>
public enum SettingOutcome
{
    /// <summary>It had another value and has the wanted one now.</summary>
    Applied,

    /// <summary>It had the wanted value already.</summary>
    AlreadySo,

    /// <summary>It cannot be set here: the kernel lacks it, or does not allow it.</summary>
    NotPossible,
}

/// <summary>A setting on a host after Configure, read back.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Before">Its value before; null when the kernel lacks it.</param>
/// <param name="After">Its value now.</param>
public sealed record SettingResult(string Name, SettingOutcome Outcome, string? Before, string? After);
