using Reporting.Raw.Lk;

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

    /// <summary>The word for how a run ended: of a load that was not run there is no verdict.</summary>
    public static string Outcome(RunSummary summary) => summary.Run.NotRun is null ? For(summary.Judgement.Verdict) : "Not run";

    /// <summary>The word for how a threshold fared.</summary>
    public static string Held(ThresholdResult threshold) => threshold switch
    {
        { Outcome: ThresholdOutcome.Passed } => "held",
        { Outcome: ThresholdOutcome.Failed } => "failed",
        { Outcome: ThresholdOutcome.NotApplicable } => "does not apply",
        { Value: not null } => "not judged",
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

    /// <summary>When a finding was, "12:00:01 to 12:00:02"; null when it has no time.</summary>
    public static string? When(Finding finding) =>
        finding.From is { } from ? Format.Period(from, finding.To ?? from) : null;

    /// <summary>The side of an error, its meaning and the next step.</summary>
    public static string For(ErrorCause cause)
    {
        var side = cause.Side switch
        {
            ErrorSide.Generator => "generator",
            ErrorSide.Network => "network",
            ErrorSide.Proxy => "proxy",
            ErrorSide.LiveKit => "LiveKit",
            _ => "credentials",
        };
        return $"{Capital(side)}: {cause.Meaning}. {cause.NextStep}";
    }

    /// <summary>When something happened, "12:00:01", "12:00:01 to 12:00:02" or "12:00:01 to the end".</summary>
    public static string When(Happening happening) => Format.Period(happening.At, happening.To);

    /// <summary>Something that happened, with its time before it.</summary>
    public static string Timed(Happening happening) => $"{When(happening)}: {happening.What}";

    /// <summary>A finding with where and when it was, where its sentence has not got it.</summary>
    public static string Placed(Finding finding)
    {
        var where = finding.Where is { } place && finding.What.Contains(place, StringComparison.Ordinal) ? null : finding.Where;
        string[] words = [.. new[] { where, When(finding) }.OfType<string>()];
        return words.Length == 0 ? finding.What : $"{finding.What} ({string.Join(", ", words)})";
    }

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
        return threshold.Outcome == ThresholdOutcome.NotApplicable ? threshold.Note ?? ""
            : threshold.Outcome == ThresholdOutcome.Passed ? Limit(threshold)
            : $"{(measured == Format.Show(threshold.Value, threshold.Unit) ? "" : $"{measured}, ")}should be {Limit(threshold)}";
    }

    /// <summary>A text with the values of the parameters that it names: "--join-limit (10s)".</summary>
    /// <param name="text">The text.</param>
    /// <param name="parameters">The parameters of the run, without dashes; one that is unknown has no value.</param>
    public static string WithValues(string text, IReadOnlyDictionary<string, string> parameters) => string.Join(' ', text.Split(' ')
        .Select(word => word.StartsWith("--", StringComparison.Ordinal) && parameters.TryGetValue(word[2..], out var value)
            ? $"{word} ({value})"
            : word));

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
