using System.Collections.Frozen;

namespace LoadTesting.Hosts.Settings;

/// <summary>What a load generator needs of its host: the content of a file of the kernel's, or of one that is read at boot.</summary>
/// <param name="Name">Its name: sysctl's, the module parameter's, or the path of the file that keeps it over a boot.</param>
/// <param name="Wanted">The value; several lines in a file of ours.</param>
/// <param name="Why">What goes wrong without it.</param>
public sealed record HostSetting(string Name, string Wanted, string Why)
{
    private const string Ours = "90-livekit-loadtest.conf";

    /// <summary>The file that holds it, or the pattern of all that do.</summary>
    public string Files { get; private init; } = Name[0] == '/' ? Name : $"/proc/sys/{Name.Replace('.', '/')}";

    /// <summary>Whether a larger number will do.</summary>
    public bool OrMore { get; private init; }

    /// <summary>Whether many machines lack it, which is no fault of theirs.</summary>
    public bool IsRare { get; private init; }

    /// <summary>Whether it is a file of ours, which is there because of us and is removed with us.</summary>
    public bool IsOurFile => Files.StartsWith("/etc/", Ordinal);

    /// <summary>The value as it is read back: in one line, blanks for tabs and line ends.</summary>
    public string WantedLine => Wanted.Replace('\n', ' ');

    /// <summary>The kernel's own, as the original system set them, and what LiveKit's documentation adds.</summary>
    private static IReadOnlyList<HostSetting> Kernel { get; } =
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

    /// <summary>All of them; what keeps a value over a boot comes after it.</summary>
    public static IReadOnlyList<HostSetting> All { get; } =
    [
        .. Kernel,
        new("nf_conntrack.hashsize", "131072",
            "a bucket for every four tracked connections: longer chains cost processor time on each packet")
        {
            Files = "/sys/module/nf_conntrack/parameters/hashsize",
            OrMore = true,
        },
        new("cpufreq.scaling_governor", "performance", "a processor that clocks up late makes a load generator late")
        {
            Files = "/sys/devices/system/cpu/cpu[0-9]*/cpufreq/scaling_governor",
            IsRare = true,
        },
        new($"/etc/modules-load.d/{Ours}", "nf_conntrack\ntcp_bbr\nsch_fq",
            "after a boot the settings of a module that is not loaded are ignored"),
        new($"/etc/modprobe.d/{Ours}", "options nf_conntrack hashsize=131072",
            "the table of connections is made when the module is loaded"),
        new($"/etc/sysctl.d/{Ours}", string.Join('\n', Kernel.Select(setting => $"{setting.Name} = {setting.Wanted}")),
            "the settings are gone after a boot"),
        new($"/etc/security/limits.d/{Ours}", "* - nofile 1048576\nroot - nofile 1048576",
            "13 descriptors for each participant, of everything that is started from a login"),
    ];

    /// <summary>The same by name.</summary>
    public static FrozenDictionary<string, HostSetting> ByName { get; } =
        All.ToFrozenDictionary(setting => setting.Name);

    /// <summary>Whether a value that was read is what is wanted.</summary>
    public bool IsMet(string value) => value == WantedLine
        || (OrMore && Digits.Number<long>(value) >= Digits.Number<long>(Wanted));
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
/// <param name="Why">Why it could not be set; null when it is as wanted.</param>
public sealed record SettingResult(string Name, SettingOutcome Outcome, string? Before, string? Why);
