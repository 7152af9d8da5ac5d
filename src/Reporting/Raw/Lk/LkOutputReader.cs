using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Reporting.Text;

namespace Reporting.Raw.Lk;

/// <summary>The files of one process: what it wrote, and when each line came.</summary>
/// <param name="Stdout">Its standard output, byte for byte.</param>
/// <param name="StdoutTimes">One line for each line of it, epoch seconds; null or shorter when there are no times.</param>
/// <param name="Stderr">Its standard error; null when it was not kept.</param>
/// <param name="StderrTimes">As for standard output.</param>
public sealed record LkStreams(Stream Stdout, Stream? StdoutTimes = null, Stream? Stderr = null, Stream? StderrTimes = null);

/// <summary>Reads the output of a process that has ended.</summary>
public static class LkOutputReader
{
    /// <summary>More of one stream is not read; lk writes about 1 MB for 600 subscribers.</summary>
    internal const long MaxBytes = 64 * 1024 * 1024;

    /// <summary>Reads all of it; bytes that are no UTF-8 become replacement characters.</summary>
    /// <param name="streams">The files.</param>
    public static LkOutput Read(LkStreams streams)
    {
        var parser = new LkOutputParser();
        var complete = Feed(parser, LkSource.Stdout, streams.Stdout, streams.StdoutTimes);
        if (streams.Stderr is not null)
            complete &= Feed(parser, LkSource.Stderr, streams.Stderr, streams.StderrTimes);

        return parser.Complete() with { Truncated = !complete };
    }

    private static bool Feed(LkOutputParser parser, LkSource source, Stream log, Stream? times)
    {
        using var lines = new LineReader(log, MaxBytes);
        using var stamps = times is null ? null : new LineReader(times, MaxBytes);
        var text = ArrayPool<char>.Shared.Rent(LineReader.MaxLine);
        while (lines.TryRead(out var line))
        {
            var length = Encoding.UTF8.GetChars(line, text);
            parser.Feed(source, text.AsSpan(0, length), NextStamp(stamps));
        }

        ArrayPool<char>.Shared.Return(text);
        return lines.Whole;
    }

    private static double? NextStamp(LineReader? stamps) =>
        stamps is not null && stamps.TryRead(out var line) && Utf8Parser.TryParse(line, out double at, out var used)
            && used == line.Length && double.IsFinite(at)
            ? at
            : null;
}
