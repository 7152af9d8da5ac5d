namespace Reporting.Raw.Lk;

/// <summary>The forms in which lk prints values. All return false (or null) instead of throwing: output may be cut anywhere.</summary>
internal static class LkValues
{
    // lk scales by 1000: %dbps, %.1fkbps, %.1fmbps. NaNmbps is what no track at all gives.
    public static double? BitsPerSecond(ReadOnlySpan<char> cell)
    {
        var end = cell.IndexOf("bps");
        if (end <= 0)
            return null;

        var scale = cell[end - 1] switch { 'k' => 1e3, 'm' => 1e6, _ => 1.0 };
        var number = scale > 1 ? cell[..(end - 1)] : cell[..end];
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)
            ? value * scale
            : null;
    }

    /// <summary>The count of <c>35 (6.206%)</c>; null for a dash, which lk prints where no packet came.</summary>
    public static long? Dropped(ReadOnlySpan<char> cell)
    {
        var blank = cell.IndexOf(' ');
        return blank > 0 && TryCount(cell[..blank], out var dropped) ? dropped : null;
    }

    /// <summary>Reads <c>n/m</c>.</summary>
    public static bool TryPair(ReadOnlySpan<char> cell, out int first, out int second)
    {
        second = 0;
        var slash = cell.IndexOf('/');
        first = 0;
        return slash > 0
            && int.TryParse(cell[..slash], NumberStyles.None, CultureInfo.InvariantCulture, out first)
            && int.TryParse(cell[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out second);
    }

    public static bool TryCount(ReadOnlySpan<char> cell, out long count) =>
        long.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out count);

    public static bool TryKind(ReadOnlySpan<char> cell, out TrackKind kind)
    {
        kind = cell is "video" ? TrackKind.Video : TrackKind.Audio;
        return cell is "video" or "audio";
    }

    /// <summary>The number at the end of an identity, <c>prefix_pub_7</c>; -1 when there is none.</summary>
    public static int NumberOf(ReadOnlySpan<char> identity) =>
        int.TryParse(identity[(identity.LastIndexOf('_') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : -1;
}
