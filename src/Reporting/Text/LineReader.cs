using System.Buffers;

namespace Reporting.Text;

/// <summary>
/// Lines of a stream as bytes, parted at line feeds alone (lk prints carriage returns as values), within bounds: a longer line is cut at
/// the limit, and reading stops after the largest number of bytes. Neither is an error; <see cref="Whole"/> tells.
/// </summary>
internal sealed class LineReader(Stream stream, long maxBytes) : IDisposable
{
    /// <summary>Longest line that is kept whole.</summary>
    public const int MaxLine = 64 * 1024;

    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(2 * MaxLine);
    private int _begin;
    private int _end;
    private long _read;
    private bool _ended;
    private bool _skipping;

    /// <summary>Whether nothing was left out so far: no line longer than <see cref="MaxLine"/>, no more bytes than the limit.</summary>
    public bool Whole { get; private set; } = true;

    /// <summary>The next line without its line feed; valid until the next call. A last line without one counts.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            var ahead = _buffer.AsSpan(_begin, _end - _begin);
            var feed = ahead.IndexOf((byte)'\n');
            if (feed >= 0)
            {
                _begin += feed + 1;
                if (TryTake(ahead[..feed], out line))
                    return true;
            }
            else if (ahead.Length > MaxLine)
            {
                _begin = _end;
                if (TryTake(ahead, out line, endsHere: false))
                    return true;
            }
            else if (!Fill())
            {
                _begin = _end;
                return TryTake(ahead, out line) && !ahead.IsEmpty;
            }
        }
    }

    /// <summary>Gives the buffer back; the stream stays its owner's.</summary>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    // The rest of a line that was too long is dropped up to its line feed.
    private bool TryTake(ReadOnlySpan<byte> part, out ReadOnlySpan<byte> line, bool endsHere = true)
    {
        var taken = !_skipping;
        Whole &= part.Length <= MaxLine;
        line = taken ? part[..Math.Min(part.Length, MaxLine)] : default;
        _skipping = !endsHere;
        return taken;
    }

    private bool Fill()
    {
        if (_ended)
            return false;

        _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
        (_begin, _end) = (0, _end - _begin);
        var room = (int)Math.Min(_buffer.Length - _end, maxBytes - _read);
        var count = room > 0 ? stream.Read(_buffer, _end, room) : 0;
        _ended = count == 0;
        Whole &= room > 0 || stream.ReadByte() < 0;
        _read += count;
        _end += count;
        return count > 0;
    }
}
