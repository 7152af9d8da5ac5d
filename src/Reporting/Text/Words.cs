using System.Globalization;
using Reporting.Results;
using Reporting.Summary;

namespace Reporting.Text;

/// <summary>The words for what the summary has names for; the same on every page.</summary>
public static class Words
{
    /// <summary>The word for a verdict.</summary>
    public static string For(Verdict verdict) => verdict switch
    {
        Verdict.Passed => "Passed",
        Verdict.Inconclusive => "Inconclusive",
        _ => "Failed",
    };

    /// <summary>The word for how a threshold fared.</summary>
    public static string For(ThresholdOutcome outcome) => outcome switch
    {
        ThresholdOutcome.Passed => "held",
        ThresholdOutcome.Failed => "failed",
        _ => "not measured",
    };

    /// <summary>The word for how a host's part of the run ended.</summary>
    public static string For(HostOutcome outcome) => outcome switch
    {
        HostOutcome.Collected => "collected",
        HostOutcome.Incomplete => "incomplete",
        HostOutcome.Lost => "lost",
        HostOutcome.NotArmed => "left out",
        _ => "not ready",
    };

    /// <summary>A number of things: "1 participant", "1,200 participants".</summary>
    public static string Counted(int count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {(count == 1 ? one : many ?? $"{one}s")}");

    /// <summary>The limit of a threshold as a person writes it, "at least 95 %".</summary>
    public static string Limit(ThresholdResult threshold)
    {
        var limit = Figures.Show(threshold.Limit, threshold.Unit);
        return threshold.Operator switch
        {
            "<" => $"below {limit}",
            "<=" => $"at most {limit}",
            ">" => $"above {limit}",
            ">=" => $"at least {limit}",
            "==" => $"exactly {limit}",
            "!=" => $"other than {limit}",
            var other => $"{other} {limit}",
        };
    }
}
