using System.Buffers;
using System.Buffers.Text;

namespace Reporting.Raw.Lk;

/// <summary>Which of lk's two streams a line came from.</summary>
public enum LkSource
{
    /// <summary>Standard output: log lines and, at the end, the tables.</summary>
    Stdout,

    /// <summary>Standard error: refusals, panics and, with --verbose, the debug log.</summary>
    Stderr,
}

/// <summary>Takes a line of lk.</summary>
/// <param name="source">Where it came from.</param>
/// <param name="line">The line without its line feed.</param>
/// <param name="at">When it came, in epoch seconds on the clock of the host; null when that is not known.</param>
public delegate void LkLine(LkSource source, ReadOnlySpan<char> line, double? at);

/// <summary>The files of one process: what it wrote, and when each line came.</summary>
/// <param name="Stdout">Its standard output, byte for byte.</param>
/// <param name="StdoutTimes">One line for each line of it, epoch seconds; null or shorter when there are no times.</param>
/// <param name="Stderr">Its standard error; null when it was not kept.</param>
/// <param name="StderrTimes">As for standard output.</param>
public sealed record LkStreams(Stream Stdout, Stream? StdoutTimes = null, Stream? Stderr = null, Stream? StderrTimes = null) : IDisposable
{
    /// <summary>More of one stream is not read; lk writes about 1 MB for 600 subscribers.</summary>
    internal const long MaxBytes = 64 * 1024 * 1024;

    /// <summary>Reads all lines, of standard output first; bytes that are no UTF-8 become replacement characters.</summary>
    /// <param name="take">Takes each of them.</param>
    /// <returns>Whether all was read: no line and no file was beyond all measure.</returns>
    public bool Read(LkLine take) =>
        Read(LkSource.Stdout, Stdout, StdoutTimes, take) & (Stderr is null || Read(LkSource.Stderr, Stderr, StderrTimes, take));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var stream in (Stream?[])[Stdout, StdoutTimes, Stderr, StderrTimes])
            stream?.Dispose();
    }

    private static bool Read(LkSource source, Stream log, Stream? times, LkLine take)
    {
        using var lines = new LineReader(log, MaxBytes);
        using var stamps = times is null ? null : new LineReader(times, MaxBytes);
        var text = ArrayPool<char>.Shared.Rent(LineReader.MaxLine);
        while (lines.TryRead(out var line))
        {
            var length = Encoding.UTF8.GetChars(line, text);
            take(source, text.AsSpan(0, length), NextStamp(stamps));
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
