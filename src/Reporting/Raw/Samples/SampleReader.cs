using System.Buffers.Text;

namespace Reporting.Raw.Samples;

/// <summary>Reads <c>metrics/samples.txt</c>, readings of /proc about a second apart (docs/reference/results.md).</summary>
public static class SampleReader
{
    /// <summary>More is not read: a day of readings of a machine with 64 processors.</summary>
    private const long MaxBytes = 2L * 1024 * 1024 * 1024;

    private const int MaxReadings = 200_000;
    private const int MaxProcesses = 64;
    private const int MaxCgroups = 64;

    /// <summary>Reads all of it; what is damaged is left out and counted.</summary>
    /// <param name="stream">The file.</param>
    public static SampleSeries Read(Stream stream)
    {
        using var lines = new LineReader(stream, MaxBytes);
        var files = new ProcFiles();
        var series = new SeriesBuilder();
        Reading? reading = null;
        var file = ProcFile.Other;
        while (lines.TryRead(out var line) && series.Readings < MaxReadings)
        {
            if (line.StartsWith("=== "u8))
            {
                series.Add(reading);
                reading = series.Begin(line[4..]);
                file = ProcFile.Other;
            }
            else if (line.StartsWith("==> "u8))
            {
                file = FileOf(line[4..], reading);
            }
            else if (line.StartsWith("--- "u8))
            {
                BeginProcess(line[4..], reading);
                file = ProcFile.Other;
            }
            else if (reading is not null && !line.IsEmpty)
            {
                files.Line(file, line, reading);
            }
        }

        series.Add(reading);
        return series.Complete(lines.Whole && series.Readings < MaxReadings);
    }

    private static ProcFile FileOf(ReadOnlySpan<byte> heading, Reading? reading)
    {
        var path = Encoding.UTF8.GetString(new ProcWords(heading).Next()).TrimStart('/');
        if (path.Split('/') is ["proc", var pid, var file]
            && long.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return FileOf(number, file, reading);
        if (path.StartsWith("sys/fs/cgroup/", StringComparison.Ordinal))
            return OfCgroup(path, reading);

        return path switch
        {
            "proc/stat" => ProcFile.Stat,
            "proc/meminfo" => ProcFile.MemInfo,
            "proc/loadavg" => ProcFile.LoadAverage,
            "proc/net/dev" => ProcFile.NetDev,
            "proc/net/snmp" => ProcFile.Snmp,
            "proc/net/snmp6" => ProcFile.Snmp6,
            "proc/net/sockstat" => ProcFile.SockStat,
            "proc/net/softnet_stat" => ProcFile.SoftnetStat,
            "proc/pressure/cpu" => ProcFile.CpuPressure,
            "proc/pressure/memory" => ProcFile.MemoryPressure,
            "proc/pressure/io" => ProcFile.IoPressure,
            "proc/sys/net/netfilter/nf_conntrack_count" => ProcFile.ConntrackCount,
            "proc/sys/net/netfilter/nf_conntrack_max" => ProcFile.ConntrackMax,
            _ => ProcFile.Other,
        };
    }

    private static ProcFile FileOf(long pid, string file, Reading? reading)
    {
        if (reading is not null)
            reading.Process = reading.Processes.Find(process => process.Pid == pid);
        return file switch
        {
            "stat" => ProcFile.ProcessStat,
            "status" => ProcFile.ProcessStatus,
            _ => ProcFile.Other,
        };
    }

    private static ProcFile OfCgroup(string path, Reading? reading)
    {
        if (reading is null || reading.Cgroups.Count == MaxCgroups)
            return ProcFile.Other;

        reading.Cgroups.Add(new CgroupCounters(path));
        return ProcFile.CgroupCpu;
    }

    // lk-1 PID OPENFILES
    private static void BeginProcess(ReadOnlySpan<byte> heading, Reading? reading)
    {
        var words = new ProcWords(heading);
        var name = Encoding.UTF8.GetString(words.Next());
        var pid = words.Count();
        if (reading?.Processes.Count < MaxProcesses)
            reading.Processes.Add(new ProcessCounters(name, pid, words.Count()));
    }

    /// <summary>Makes a sample of every two readings that follow each other.</summary>
    private sealed class SeriesBuilder
    {
        private readonly List<HostSample> _samples = [];
        private Reading? _before;
        private int _damaged;

        public int Readings { get; private set; }

        public Reading? Begin(ReadOnlySpan<byte> heading)
        {
            Readings++;
            if (Utf8Parser.TryParse(heading, out double at, out var used) && double.IsFinite(at) && used == heading.Length)
                return new Reading(at);

            _damaged++;
            return null;
        }

        public void Add(Reading? reading)
        {
            if (reading is null)
                return;

            if (_before is null || reading.At > _before.At)
            {
                if (_before is not null)
                    _samples.Add(Difference.Between(_before, reading));

                _before = reading;
            }
            else
            {
                _damaged++;
            }
        }

        public SampleSeries Complete(bool whole) => new(_samples, Readings, _damaged, whole);
    }
}
