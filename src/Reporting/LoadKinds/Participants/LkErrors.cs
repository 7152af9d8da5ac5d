using Reporting.Measuring;
using Reporting.Raw.Lk;

namespace Reporting.LoadKinds.Participants;

/// <summary>
/// What lk reported besides failed joins: how often, on which VMs, when, and what it means. Texts that are not known are shown as they are.
/// </summary>
internal static class LkErrors
{
    /// <summary>More texts that are not known tell no more.</summary>
    private const int MostUnknown = 3;

    public static IEnumerable<Finding> Of(IReadOnlyList<HostMeasures> hosts)
    {
        var all = hosts.SelectMany(host => host.Own()
                .Where(process => process.Reach != Completion.NotStarted)
                .SelectMany(process => process.Reported.Select(error => (Host: host, Error: error, Cause: ErrorCause.Of(error.Text)))))
            .ToList();
        var known = all.Where(entry => entry.Cause is not null).GroupBy(entry => entry.Cause!.Text, StringComparer.Ordinal)
            .Select(same => Of([.. same.Select(entry => (entry.Host, entry.Error))], same.First().Cause));
        var unknown = all.Where(entry => entry.Cause is null).GroupBy(entry => entry.Error.Text, StringComparer.Ordinal)
            .Select(same => (Finding: Of([.. same.Select(entry => (entry.Host, entry.Error))], null),
                Count: same.Sum(entry => entry.Error.Count)))
            .OrderByDescending(entry => entry.Count).ToList();
        return known.Concat(unknown.Take(MostUnknown).Select(entry => entry.Finding)).Concat(unknown.Count <= MostUnknown ? [] :
        [
            new Finding(Verdict.Passed,
                $"lk wrote {Format.Counted(unknown.Count - MostUnknown, "more text")} that "
                + $"{(unknown.Count == MostUnknown + 1 ? "is" : "are")} not known"),
        ]);
    }

    private static Finding Of(IReadOnlyList<(HostMeasures Host, LkError Error)> those, ErrorCause? cause)
    {
        DateTimeOffset? On(HostMeasures host, double? at) => Starts.Instant(at - host.ClockOffset);
        return new Finding(Verdict.Passed, What(those[0].Error.Text, those.Sum(entry => entry.Error.Count), cause),
            NameList.Few([.. those.Select(entry => entry.Host.Name).Distinct(StringComparer.Ordinal)]))
        {
            Cause = cause,
            From = those.Min(entry => On(entry.Host, entry.Error.From)),
            To = those.Max(entry => On(entry.Host, entry.Error.To)),
        };
    }

    private static string What(string text, int count, ErrorCause? cause) =>
        ReferenceEquals(cause, ErrorCause.Panic) ? $"lk reported {Format.Counted(count, "panic")}"
        : ReferenceEquals(cause, ErrorCause.FailedSubscription) ? $"lk reported {Format.Counted(count, "failed subscription")}"
        : $"lk reported {Format.Counted(count, "time")}: {text}{(cause is null ? " (an error that is not known)" : "")}";
}
