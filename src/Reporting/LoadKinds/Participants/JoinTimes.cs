namespace Reporting.LoadKinds.Participants;

/// <summary>How long joining took, from the times of lk's lines.</summary>
internal static class JoinTimes
{
    /// <summary>lk never starts more a second, whatever it is told.</summary>
    private const double MostJoinsPerSecond = 10;

    private const double LkDefaultJoinsPerSecond = 5;

    /// <summary>From the turn of each publisher to its line <c>publishing …</c>.</summary>
    public static IReadOnlyList<double> OfPublishers(LkOutput output, double joinsPerSecond) =>
        Seconds(output, joinsPerSecond, output.Publications.Select(line => (line.Participant, line.At)));

    /// <summary>From the turn of each subscriber to its first line <c>subscribed to track …</c>.</summary>
    public static IReadOnlyList<double> OfSubscribers(LkOutput output, double joinsPerSecond) =>
        Seconds(output, joinsPerSecond, output.Subscriptions.Select(line => (line.Participant, line.At)));

    private static List<double> Seconds(
        LkOutput output, double joinsPerSecond, IEnumerable<(int Participant, double? At)> lines)
    {
        if (output.Start?.At is not { } start)
            return [];

        var seen = new HashSet<int>();
        var seconds = new List<double>();
        foreach (var (participant, at) in lines)
        {
            if (participant >= 0 && at is { } moment && seen.Add(participant))
                seconds.Add(Math.Max(0, moment - start - Turn(participant, joinsPerSecond)));
        }

        return seconds;
    }

    // The first two participants start at once, each further one 1/rate later (a token bucket that holds one token).
    private static double Turn(int participant, double joinsPerSecond)
    {
        var rate = joinsPerSecond > 0 ? Math.Min(joinsPerSecond, MostJoinsPerSecond) : LkDefaultJoinsPerSecond;
        return Math.Max(0, participant - 1) / rate;
    }
}
