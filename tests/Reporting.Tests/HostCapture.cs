using System.Globalization;
using System.Text;

namespace Reporting.Tests;

/// <summary>A recorded host (Captures/host): its copies of /proc in the form of metrics/samples.txt, and what sysstat saw.</summary>
internal sealed class HostCapture(string name)
{
    private static readonly IReadOnlyList<(string Path, string File)> Files =
    [
        ("/proc/stat", "stat.txt"), ("/proc/meminfo", "meminfo.txt"), ("/proc/loadavg", "loadavg.txt"), ("/proc/net/dev", "net_dev.txt"),
        ("/proc/net/snmp", "net_snmp.txt"), ("/proc/net/netstat", "net_netstat.txt"), ("/proc/net/sockstat", "net_sockstat.txt"),
        ("/proc/net/softnet_stat", "net_softnet_stat.txt"), ("/proc/pressure/cpu", "pressure_cpu.txt"),
        ("/proc/pressure/memory", "pressure_memory.txt"), ("/proc/pressure/io", "pressure_io.txt"),
    ];

    public string Folder { get; } = Path.Combine(Capture.Root, "host", name);

    public static HostCapture Healthy { get; } = new("50-participants");

    public static HostCapture Saturated { get; } = new("320-participants-saturated");

    /// <summary>The copies of /proc in their order, with the time at which each was made.</summary>
    public IReadOnlyList<(DateTimeOffset At, string Folder)> Readings => [.. Directory.GetDirectories(Path.Combine(Folder, "proc"))
        .Select(folder => (At: TimeOf(Path.GetFileName(folder)), Folder: folder))
        .OrderBy(reading => reading.At)];

    /// <summary>metrics/samples.txt with all copies, or those that the filter takes, moved in time.</summary>
    public byte[] SamplesTxt(TimeSpan shift = default, Func<string, bool>? only = null)
    {
        var text = new StringBuilder();
        foreach (var (at, folder) in Readings.Where(reading => only is null || only(Path.GetFileName(reading.Folder))))
        {
            text.Append(CultureInfo.InvariantCulture, $"=== {(at + shift).ToUnixTimeMilliseconds() / 1000.0:F3}\n");
            foreach (var (path, file) in Files)
                Append(text, path, Path.Combine(folder, file));

            if (!File.Exists(Path.Combine(folder, "lk_stat.txt")))
                continue;

            text.Append("--- lk-1 19852 655\n");
            Append(text, "/proc/19852/stat", Path.Combine(folder, "lk_stat.txt"));
            Append(text, "/proc/19852/status", Path.Combine(folder, "lk_status.txt"));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A column of one of sysstat's files: time, the row's key (processor or interface), the value.</summary>
    public IEnumerable<(DateTimeOffset At, string Key, double Value)> Sar(string file, string column)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, file));
        var index = Array.IndexOf(lines[0].TrimStart('#', ' ').Split(';'), column);
        return lines.Skip(1).Where(line => !line.StartsWith('#')).Select(line => line.Split(';')).Select(cells => (
            DateTimeOffset.Parse(cells[2].Replace(" UTC", "Z", StringComparison.Ordinal), CultureInfo.InvariantCulture),
            cells[3],
            double.Parse(cells[index], CultureInfo.InvariantCulture)));
    }

    private static void Append(StringBuilder text, string path, string file)
    {
        if (File.Exists(file))
            text.Append("==> ").Append(path).Append(" <==\n").Append(File.ReadAllText(file)).Append('\n');
    }

    // during02-234413: recorded on 23 November 2026 before midnight UTC, on the 24th after it.
    private static DateTimeOffset TimeOf(string folder)
    {
        var time = TimeSpan.ParseExact(folder[(folder.IndexOf('-') + 1)..], "hhmmss", CultureInfo.InvariantCulture);
        return new DateTimeOffset(2026, 11, time.Hours < 12 ? 24 : 23, 0, 0, 0, TimeSpan.Zero) + time;
    }
}
