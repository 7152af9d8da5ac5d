namespace LoadTesting.Hosts.Agent;

/// <summary>What <c>loadtest-host watch</c> returns: the run's state, its processes, new output and the counters of the moment.</summary>
/// <param name="State">How far the run is.</param>
/// <param name="Processes">The lk processes.</param>
/// <param name="Counters">One block of samples.txt.</param>
public sealed record HostWatch(RunState State, IReadOnlyList<WatchedProcess> Processes, string Counters)
{
    /// <summary>Reads the answer. Output is bytes, whatever they are, so their count comes first.</summary>
    public static HostWatch Parse(ReadOnlyMemory<byte> answer)
    {
        var state = RunState.New;
        var processes = new Dictionary<string, WatchedProcess>();
        var rest = answer;
        while (NextLine(ref rest) is { } line)
        {
            var words = line.Split(' ');
            switch (words)
            {
                case ["state", var name, _]:
                    _ = Enum.TryParse(name, ignoreCase: true, out state);
                    break;
                case ["process", var name, _, _, _]:
                    processes[name] = new WatchedProcess(name, default);
                    break;
                case ["output", var name, _, var size] when processes.TryGetValue(name, out var process):
                    var length = Math.Min(Digits.Number<int>(size) ?? 0, rest.Length);
                    processes[name] = process with { Output = rest[..length] };
                    rest = rest[length..];
                    break;
                case ["===", ..]:
                    return new HostWatch(state, [.. processes.Values], $"{line}\n{Encoding.UTF8.GetString(rest.Span)}");
            }
        }

        return new HostWatch(state, [.. processes.Values], "");
    }

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
/// <param name="Output">Bytes of its standard output that were not known yet.</param>
public sealed record WatchedProcess(string Name, ReadOnlyMemory<byte> Output);
