using Reporting.Raw.Lk;

namespace Reporting.LoadKinds.Participants;

/// <summary>How long joining took, from the times of lk's lines.</summary>
internal static class JoinTimes
{
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
                seconds.Add(Math.Max(0, moment - start - LkFacts.TurnSeconds(participant, joinsPerSecond)));
        }

        return seconds;
    }
}
