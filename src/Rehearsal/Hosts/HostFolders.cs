using System.Diagnostics;

namespace Rehearsal.Hosts;

/// <summary>
/// The machines of the embedded cloud. Each is a folder with its own root. A real bash runs what the phases send to a machine and takes the
/// folder for the machine; nothing outside the folder is touched.
/// </summary>
/// <param name="directory">Where the folders are, a folder for each server by its id.</param>
/// <param name="scenario">What is to go wrong, as the machines see it.</param>
public sealed class HostFolders(string directory, string scenario)
{
    private static readonly string Image = Path.Combine(AppContext.BaseDirectory, "rehearsal", "image");

    /// <summary>Where the recordings are that are played.</summary>
    public static string Recordings { get; } = Path.Combine(AppContext.BaseDirectory, "rehearsal", "recordings");

    /// <summary>Programs that would change the machine; here they only write down what they were asked for.</summary>
    private static readonly string[] RecordedPrograms =
        ["modprobe", "sysctl", "systemctl", "apt-get", "dnf", "zypper", "apk", "dpkg-query", "rpm", "tc", "cpupower", "timedatectl"];

    private static readonly string[] ProcFiles =
    [
        "stat", "meminfo", "loadavg", "net/dev", "net/snmp", "net/netstat", "net/sockstat", "net/softnet_stat",
        "pressure/cpu", "pressure/memory", "pressure/io",
    ];

    /// <summary>The program that replaces lk.</summary>
    public static string Lk => Path.Combine(Image, "lk");

    /// <summary>What the machines play, as a LiveKit would see it.</summary>
    public PlayedLoad Load { get; } = new(directory);

    /// <summary>The root of a server's folder.</summary>
    public string RootOf(string serverId) => Path.Combine(directory, serverId);

    /// <summary>Makes the machine of a server. It is there entirely or not at all, also when the program is killed in the middle.</summary>
    /// <param name="serverId">The server's id.</param>
    /// <param name="index">Its number in the fleet: the machines play different recordings.</param>
    public void Boot(string serverId, int index)
    {
        var root = RootOf(serverId);
        if (Directory.Exists(root))
            return;

        var making = $"{root}.making";
        if (Directory.Exists(making))
            Directory.Delete(making, recursive: true);

        foreach (var folder in (string[])["etc/rehearsal", "etc/sysctl.d", "sys/module/nf_conntrack/parameters", "home/ubuntu", "tmp",
            "usr/share", "usr/local/bin", "var/log", "proc/net", "proc/pressure"])
            Directory.CreateDirectory(Path.Combine(making, folder));

        File.WriteAllText(Path.Combine(making, "etc/rehearsal/scenario"), scenario + "\n");
        File.WriteAllText(Path.Combine(making, "sys/module/nf_conntrack/parameters/hashsize"), "65536\n");
        File.WriteAllText(Path.Combine(making, "etc/rehearsal/index"), index.ToString() + "\n");
        foreach (var program in Directory.EnumerateFiles(Path.Combine(Image, "sbin")))
            File.CreateSymbolicLink(Path.Combine(making, "usr/local/bin", Path.GetFileName(program)), program);
        foreach (var program in RecordedPrograms)
            File.CreateSymbolicLink(Path.Combine(making, "usr/local/bin", program), Path.Combine(Image, "sbin", "recorded"));
        foreach (var part in (string[])["lk.awk", "lk.play", "proc.awk"])
            File.CreateSymbolicLink(Path.Combine(making, "usr/share", part), Path.Combine(Image, part));
        Directory.CreateSymbolicLink(Path.Combine(making, "usr/share/recordings"), Recordings);
        MakeProc(making);
        Directory.Move(making, root);
    }

    /// <summary>Removes the machine of a server, ending whatever runs on it.</summary>
    public void Delete(string serverId)
    {
        var root = RootOf(serverId);
        if (!Directory.Exists(root))
            return;

        var going = $"{root}.going";
        EndProcesses(root);
        Directory.Move(root, going);
        EndProcesses(root); // those that were being started in between
        Directory.Delete(going, recursive: true);
    }

    /// <summary>/proc is played like lk's output: what is read there moves from copy to copy of a recorded machine's.</summary>
    private void MakeProc(string root)
    {
        var runs = Directory.CreateDirectory(Path.Combine(directory, "proc-runs"));
        Directory.CreateSymbolicLink(Path.Combine(root, "proc/runs"), runs.FullName);
        var idle = Path.Combine(Recordings, "host", "50-participants", "before");
        var now = Directory.CreateDirectory(Path.Combine(root, "proc/idle"));
        foreach (var name in ProcFiles)
        {
            var flat = name.Replace('/', '_');
            File.Copy(Path.Combine(idle, $"{flat}.txt"), Path.Combine(now.FullName, flat));
            var up = name.Contains('/', Ordinal) ? "../now" : "now";
            File.CreateSymbolicLink(Path.Combine(root, "proc", name), $"{up}/{flat}");
        }

        Directory.CreateSymbolicLink(Path.Combine(root, "proc/now"), "idle");
        Directory.CreateSymbolicLink(Path.Combine(root, "proc/base"), "idle");
        foreach (var line in File.ReadLines(Path.Combine(Image, "sysctl.tsv")))
        {
            var (name, value) = line.Split('\t') is [var first, var second]
                ? (first, second)
                : throw new InvalidDataException($"sysctl.tsv: '{line}'");
            var file = Path.Combine(root, "proc/sys", name.Replace('.', '/'));
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, value + "\n");
        }
    }

    /// <summary>Every process on the machine carries its root in its environment; no other one is touched.</summary>
    private static void EndProcesses(string root)
    {
        if (!Directory.Exists("/proc/self"))
            return;

        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (Digits.Number<int>(Path.GetFileName(process)) is { } pid
                && pid != Environment.ProcessId && BelongsTo(root, process))
                Kill(pid);
        }
    }

    private static bool BelongsTo(string root, string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "environ")).Split('\0').Contains($"HOST_ROOT={root}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // gone already, or another user's
        }
    }

    private static void Kill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It ended by itself.
        }
    }
}
