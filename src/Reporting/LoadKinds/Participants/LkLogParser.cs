using Reporting.Raw.Lk;

namespace Reporting.LoadKinds.Participants;

/// <summary>The lines that lk prints while it runs, taken from their ends: an identity may hold blanks and any other character.</summary>
internal static class LkLogParser
{
    public static bool TryStart(ReadOnlySpan<char> line, double? at, out LkStart start)
    {
        start = null!;
        if (!TryRest(line, "Starting load test with ", out var rest) || !TryCutAt(rest, "room: ", out var counts, out var room))
            return false;

        start = new LkStart(
            CountBefore(counts, " video publishers"), CountBefore(counts, " audio publishers"), CountBefore(counts, " subscribers"),
            room.ToString(), at);
        return true;
    }

    public static bool TrySubscription(ReadOnlySpan<char> line, double? at, TrackIds ids, out LkSubscription subscription)
    {
        subscription = default;
        if (!TryRest(line, "subscribed to track ", out var rest)
            || !TryLastWord(ref rest, out var pair) || !LkValues.TryPair(pair, out var tracks, out _)
            || !TryLastWord(ref rest, out var kindWord) || !LkValues.TryKind(kindWord, out var kind)
            || !TryLastWord(ref rest, out var track))
        {
            return false;
        }

        subscription = new LkSubscription(LkValues.NumberOf(rest), ids.Intern(track), kind, tracks, at);
        return true;
    }

    public static bool TryPublication(ReadOnlySpan<char> line, double? at, out LkPublication publication)
    {
        publication = default;
        if (!TryRest(line, "publishing ", out var rest) || !TryCutAt(rest, " track - ", out var what, out var identity))
            return false;

        var kind = what.EndsWith("audio") ? TrackKind.Audio : TrackKind.Video;
        publication = new LkPublication(LkValues.NumberOf(identity), kind, at);
        return true;
    }

    public static bool TryFailedJoin(ReadOnlySpan<char> line, double? at, out LkFailedJoin failed)
    {
        failed = null!;
        if (!TryRest(line, "could not connect ", out var rest) || !TryCutAt(rest, ": ", out var tester, out var error))
            return false;

        var role = tester.StartsWith("Pub ") ? LkRole.Publisher : LkRole.Subscriber;
        if (tester.Length < 5 || !int.TryParse(tester[4..], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;

        failed = new LkFailedJoin(role, number, SignedTokens.Redact(error.ToString()), at);
        return true;
    }

    public static bool TryFailedSubscription(ReadOnlySpan<char> line, TrackIds ids, out LkFailedSubscription failed)
    {
        failed = default;
        if (!TryRest(line, "track subscription failed", out var rest))
            return false;

        failed = new LkFailedSubscription(LkValues.NumberOf(Field(rest, "lp:")), ids.Intern(Field(rest, "sid:")));
        return true;
    }

    public static bool IsFinished(ReadOnlySpan<char> line) => line.StartsWith("Finished connecting to room, waiting ");

    public static bool TryEnvironment(ReadOnlySpan<char> line, out string taken)
    {
        taken = "";
        if (!TryRest(line, "Using ", out var rest) || !rest.EndsWith(" from environment"))
            return false;

        taken = rest[..^" from environment".Length].ToString();
        return true;
    }

    /// <summary>A value of the form <c>name:value, …</c>; empty when there is none.</summary>
    private static ReadOnlySpan<char> Field(ReadOnlySpan<char> rest, ReadOnlySpan<char> name)
    {
        if (!TryCutAt(rest, name, out _, out var value))
            return default;

        var end = value.IndexOf(", ");
        return end < 0 ? value : value[..end];
    }

    private static bool TryRest(ReadOnlySpan<char> line, ReadOnlySpan<char> prefix, out ReadOnlySpan<char> rest)
    {
        var found = line.StartsWith(prefix);
        rest = found ? line[prefix.Length..] : default;
        return found;
    }

    private static bool TryCutAt(
        ReadOnlySpan<char> text, ReadOnlySpan<char> separator, out ReadOnlySpan<char> before, out ReadOnlySpan<char> after)
    {
        var at = text.IndexOf(separator);
        before = at < 0 ? default : text[..at];
        after = at < 0 ? default : text[(at + separator.Length)..];
        return at >= 0;
    }

    private static bool TryLastWord(ref ReadOnlySpan<char> text, out ReadOnlySpan<char> word)
    {
        var blank = text.LastIndexOf(' ');
        word = blank < 0 ? default : text[(blank + 1)..];
        text = blank < 0 ? default : text[..blank];
        return blank >= 0;
    }

    private static int CountBefore(ReadOnlySpan<char> counts, ReadOnlySpan<char> words)
    {
        var end = counts.IndexOf(words);
        if (end <= 0)
            return 0;

        var begin = counts[..end].LastIndexOf(' ') + 1;
        return int.TryParse(counts[begin..end], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;
    }
}
