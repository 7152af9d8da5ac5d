namespace Reporting.Summary;

/// <summary>The words for what the summary has names for; the same on every page.</summary>
public static class Phrases
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

    /// <summary>The words for the outcome of a step.</summary>
    public static string For(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Held => "held",
        StepOutcome.Broke => "broke",
        StepOutcome.GeneratorsSaturated => "generators saturated",
        _ => "unclear",
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

    /// <summary>As a sentence begins.</summary>
    public static string Capital(string text) =>
        text.Length == 0 || text.StartsWith("lk ", StringComparison.Ordinal) ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>
    /// The value of a threshold. A value that differs from the limit but is rounded to it is shown as just beside it: 94.999 % is no "95 %,
    /// should be at least 95 %".
    /// </summary>
    public static string Measured(ThresholdResult threshold)
    {
        var value = Format.Show(threshold.Value, threshold.Unit);
        var beside = threshold.Value is { } number && threshold.Limit is { } limit && !number.Equals(limit)
            && value == Format.Show(limit, threshold.Unit);
        return beside ? $"just {(threshold.Value < threshold.Limit ? "below" : "above")} {value}" : value;
    }

    /// <summary>
    /// What a threshold asked for, behind the word for how it fared: "held: at least 99 %" and "failed: should be at least 99 %".
    /// </summary>
    public static string Asked(ThresholdResult threshold)
    {
        var measured = Measured(threshold);
        return threshold.Outcome == ThresholdOutcome.Passed ? Limit(threshold)
            : $"{(measured == Format.Show(threshold.Value, threshold.Unit) ? "" : $"{measured}, ")}should be {Limit(threshold)}";
    }

    /// <summary>The limit of a threshold as a person writes it, "at least 95 %".</summary>
    public static string Limit(ThresholdResult threshold)
    {
        var limit = Format.Show(threshold.Limit, threshold.Unit);
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
