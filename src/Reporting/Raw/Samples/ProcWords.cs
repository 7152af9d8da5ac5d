using System.Buffers.Text;
using System.Runtime.InteropServices;

namespace Reporting.Raw.Samples;

/// <summary>The words of a line of /proc, one after the other.</summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct ProcWords(ReadOnlySpan<byte> line)
{
    private ReadOnlySpan<byte> _rest = line;

    public ReadOnlySpan<byte> Next()
    {
        _rest = _rest.TrimStart(" \t"u8);
        var end = _rest.IndexOfAny((byte)' ', (byte)'\t');
        var word = end < 0 ? _rest : _rest[..end];
        _rest = _rest[word.Length..];
        return word;
    }

    public bool End => _rest.TrimStart(" \t"u8).IsEmpty;

    public void Skip(int words)
    {
        for (var i = 0; i < words; i++)
            Next();
    }

    /// <summary>The next word as a count; null when it is none.</summary>
    public long? Count() => Number(Next());

    public double? Fraction() =>
        Utf8Parser.TryParse(Next(), out double value, out _) && double.IsFinite(value) ? value : null;

    public long? Hexadecimal() =>
        long.TryParse(Next(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : null;

    // Unsigned 64-bit counters that have passed 2^63 are no real traffic.
    public static long? Number(ReadOnlySpan<byte> word) =>
        Utf8Parser.TryParse(word, out long value, out var used) && used == word.Length && value >= 0 ? value : null;
}
