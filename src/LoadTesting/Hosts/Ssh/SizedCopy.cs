using System.Buffers.Text;

namespace LoadTesting.Hosts.Ssh;

/// <summary>Takes a line with the size of a file and then its bytes from an offset on, which it passes on.</summary>
/// <param name="destination">Where the bytes go.</param>
/// <param name="offset">How many of them are there already.</param>
internal sealed class SizedCopy(Stream destination, long offset) : Stream
{
    private readonly List<byte> _line = [];
    private long _received = offset;

    /// <summary>How many bytes the file has; null before the first line has ended.</summary>
    public long? Expected { get; private set; }

    /// <summary>How many of them are here.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>Whether all of them are here, and no more.</summary>
    public bool IsComplete => Expected == Received;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (Expected is null)
        {
            var end = buffer.IndexOf((byte)'\n');
            _line.AddRange(end < 0 ? buffer : buffer[..end]);
            if (end < 0)
                return;

            Expected = Utf8Parser.TryParse(_line.ToArray().AsSpan().Trim((byte)' '), out long size, out _) ? size : -1;
            buffer = buffer[(end + 1)..];
        }

        destination.Write(buffer);
        Volatile.Write(ref _received, _received + buffer.Length);
    }

    public override void Flush() => destination.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
