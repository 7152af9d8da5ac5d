namespace Reporting.Raw.Lk;

/// <summary>An error that lk wrote, once or more often.</summary>
/// <param name="Text">Its words, without what differs from one participant to the next.</param>
/// <param name="Count">How often it came.</param>
/// <param name="From">When it first came, in epoch seconds on the clock of the host; null when that is not known.</param>
/// <param name="To">When it last came.</param>
public sealed record LkError(string Text, int Count, double? From, double? To)
{
    /// <summary>Those of one text as one.</summary>
    /// <param name="errors">Any errors.</param>
    public static IReadOnlyList<LkError> Together(IEnumerable<LkError> errors) =>
    [
        .. errors.GroupBy(error => error.Text, StringComparer.Ordinal).Select(same =>
            new LkError(same.Key, same.Sum(error => error.Count), same.Min(error => error.From), same.Max(error => error.To))),
    ];
}
