using Reporting.Raw.Lk;

namespace Reporting.Summary;

/// <summary>The result of a run; the worst of several wins, and a later member is worse.</summary>
public enum Verdict
{
    /// <summary>All thresholds were measured and held.</summary>
    Passed,

    /// <summary>Nothing failed, but what was measured does not suffice to say that all is well.</summary>
    Inconclusive,

    /// <summary>A threshold failed, or the load was not what was asked for.</summary>
    Failed,
}

/// <summary>The judgement on a run.</summary>
public sealed record Judgement
{
    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Why, in one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>What to do about it, in one sentence; null when there is nothing to do.</summary>
    public string? Advice { get; init; }

    /// <summary>Which figures still hold although the verdict is not "passed"; null when that needs no word.</summary>
    public string? StillHolds { get; init; }
}

/// <summary>How a threshold fared.</summary>
public enum ThresholdOutcome
{
    /// <summary>The planned load has nothing that it could measure: it is a default, and does not count.</summary>
    NotApplicable,

    /// <summary>It was measured and it held.</summary>
    Passed,

    /// <summary>What it is about was not measured.</summary>
    Unmeasured,

    /// <summary>It was measured and it did not hold.</summary>
    Failed,
}

/// <summary>A threshold and what was measured.</summary>
public sealed record ThresholdResult
{
    /// <summary>The threshold as it was given, <c>p95(join-time)&lt;3s</c>.</summary>
    public required string Text { get; init; }

    /// <summary>The metric it is about, <c>join-time</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The comparison, <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;=</c>, <c>&gt;</c>, <c>==</c> or <c>!=</c>.</summary>
    public required string Operator { get; init; }

    /// <summary>What the value is compared with, in <see cref="Unit"/>; null when it starts from a baseline that has no value.</summary>
    public required double? Limit { get; init; }

    /// <summary>What was measured, in <see cref="Unit"/>; null when it was not.</summary>
    public double? Value { get; init; }

    /// <summary>The least that the value can be, where that decides and the threshold was not judged for it; null elsewhere.</summary>
    public double? Least { get; init; }

    /// <summary>The unit of value and limit.</summary>
    public required Unit Unit { get; init; }

    /// <summary>The VM, room or process whose value this is; null for the whole run.</summary>
    public string? Where { get; init; }

    /// <summary>How it fared.</summary>
    public required ThresholdOutcome Outcome { get; init; }

    /// <summary>One sentence more: where the worst value was, or why there is none; null when there is nothing to add.</summary>
    public string? Note { get; init; }
}

/// <summary>A figure for the first screen.</summary>
/// <param name="Metric">The metric's name, as thresholds have it: <c>packet-loss</c>.</param>
/// <param name="Label">What it is, in a few words for a person.</param>
/// <param name="Value">Its value; null when it was not measured.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Source">What measured it, and where.</param>
/// <param name="Note">A few words beside it, "998 of 1,000" or why it was not measured; null when there are none.</param>
public sealed record KeyFigure(string Metric, string Label, double? Value, Unit Unit, string Source, string? Note = null);

/// <summary>Something that was not measured.</summary>
/// <param name="What">What it is.</param>
/// <param name="Why">Why it is missing.</param>
public sealed record Unmeasured(string What, string Why);

/// <summary>Something that was noticed in the raw files.</summary>
/// <param name="Weight">What it means for the verdict: the verdict can be no better than this.</param>
/// <param name="What">What was noticed, in one sentence.</param>
/// <param name="Where">The hosts, processes or rooms it was noticed at, in words; null for the whole run.</param>
public sealed record Finding(Verdict Weight, string What, string? Where = null)
{
    /// <summary>How many participants it hurt; null when it is not about people.</summary>
    public int? Participants { get; init; }

    /// <summary>In how many rooms; null when it is not about people.</summary>
    public int? Rooms { get; init; }

    /// <summary>On how many VMs; null when it is not about people.</summary>
    public int? Vms { get; init; }

    /// <summary>What the error that it names means; null when it names none, or one that is not known.</summary>
    public ErrorCause? Cause { get; init; }

    /// <summary>What to do about it where no error names a cause; null where there is nothing to do.</summary>
    internal string? NextStep { get; init; }

    /// <summary>When it first happened; null when that is not known, or when it has no time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>When it last happened.</summary>
    public DateTimeOffset? To { get; init; }
}
