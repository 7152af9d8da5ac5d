using System.Globalization;
using System.Text;

namespace LoadTesting.Hosts.Agent;

/// <summary>What <c>loadtest-host watch</c> says: the run's state, its processes, new output and the counters of the moment.</summary>
/// <param name="State">How far the run is.</param>
/// <param name="At">When it said so, on the host's clock.</param>
/// <param name="Processes">The lk processes.</param>
/// <param name="Counters">One block of samples.txt.</param>
public sealed record HostWatch(RunState State, DateTimeOffset? At, IReadOnlyList<WatchedProcess> Processes, string Counters)
{
    /// <summary>Reads the answer. Output is bytes, whatever they are, so their count stands before them.</summary>
    public static HostWatch Parse(ReadOnlyMemory<byte> answer)
    {
        var state = RunState.New;
        DateTimeOffset? at = null;
        var processes = new Dictionary<string, WatchedProcess>();
        var rest = answer;
        while (NextLine(ref rest) is { } line)
        {
            var words = line.Split(' ');
            switch (words)
            {
                case ["state", var name, var time]:
                    _ = Enum.TryParse(name, ignoreCase: true, out state);
                    at = RunFiles.FromEpoch(time);
                    break;
                case ["process", var name, var started, var ended, var code]:
                    processes[name] = new WatchedProcess(name, RunFiles.FromEpoch(started), RunFiles.FromEpoch(ended), Number(code), 0,
                        default);
                    break;
                case ["output", var name, var from, var size] when processes.TryGetValue(name, out var process):
                    var length = Math.Min(Number(size) ?? 0, rest.Length);
                    processes[name] = process with { From = Number(from) ?? 0, Output = rest[..length] };
                    rest = rest[length..];
                    break;
                case ["===", ..]:
                    return new HostWatch(state, at, [.. processes.Values], $"{line}\n{Encoding.UTF8.GetString(rest.Span)}");
            }
        }

        return new HostWatch(state, at, [.. processes.Values], "");
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? NextLine(ref ReadOnlyMemory<byte> rest)
    {
        if (rest.IsEmpty)
            return null;

        var end = rest.Span.IndexOf((byte)'\n');
        var line = Encoding.UTF8.GetString(end < 0 ? rest.Span : rest.Span[..end]);
        rest = end < 0 ? default : rest[(end + 1)..];
        return line;
    }
}

/// <summary>An lk process as it is at the moment.</summary>
/// <param name="Name">Its name, <c>lk-1</c>.</param>
/// <param name="StartedAt">The instant of its exec; null before.</param>
/// <param name="EndedAt">When it ended; null while it runs.</param>
/// <param name="ExitCode">Its exit code; null while it runs.</param>
/// <param name="From">Where in its standard output <paramref name="Output"/> begins.</param>
/// <param name="Output">Bytes of its standard output that were not known yet.</param>
public sealed record WatchedProcess(
    string Name, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, int? ExitCode, long From, ReadOnlyMemory<byte> Output);
