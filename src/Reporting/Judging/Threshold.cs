using Reporting.LoadKinds;
using Reporting.Raw.Observations;

namespace Reporting.Judging;

/// <summary>
/// What must hold for a run to pass: <c>audio-delivery&gt;=95%</c>, <c>p99(join-time)&lt;3s</c>, <c>connected(room)&gt;=99%</c>.
/// </summary>
public sealed record Threshold
{
    /// <summary>As it was given.</summary>
    public required string Text { get; init; }

    /// <summary>What it is about.</summary>
    public required Metric Metric { get; init; }

    /// <summary>min, p50, p90, p95, p99 or max; null for the metric's own value.</summary>
    public string? Aggregate { get; init; }

    /// <summary>vm, room or process: it must hold at each of them. subscriber: for one on average. Null for the whole run.</summary>
    public string? Scope { get; init; }

    /// <summary>The comparison.</summary>
    public required string Operator { get; init; }

    /// <summary>
    /// What is compared with, in the metric's unit; what is added to the baseline's value when <see cref="OfBaseline"/> is set.
    /// </summary>
    public required double Limit { get; init; }

    /// <summary>Whether the limit starts from what the baseline measured.</summary>
    public bool OfBaseline { get; init; }

    /// <summary>What the baseline measured; null when there is none.</summary>
    public double? BaselineValue { get; init; }

    /// <summary>The same with what the baseline measured.</summary>
    public Threshold Against(RunSummary? baseline) =>
        baseline is null || !OfBaseline ? this : this with { BaselineValue = Worst([.. Values(baseline)], limit: null)?.Value };

    /// <summary>Reads thresholds separated by commas, before a run.</summary>
    /// <param name="text">As the operator wrote them.</param>
    /// <param name="problems">What is wrong with those that are wrong: the threshold, and what would be right.</param>
    public static IReadOnlyList<Threshold> Parse(string text, out IReadOnlyList<(string Given, string Expected)> problems)
    {
        var (thresholds, wrong) = (new List<Threshold>(), new List<(string, string)>());
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var (threshold, expected) = ThresholdParser.One(part);
            if (threshold is not null)
                thresholds.Add(threshold);
            else
                wrong.Add((part, expected!));
        }

        problems = wrong;
        return thresholds;
    }

    /// <summary>Why a planned load has nothing that it could measure; null when it has.</summary>
    public string? NothingToMeasure(RunPlan plan) => Metric.Missing?.Invoke(KnownKinds.Of(plan.Kind).Shape(plan));

    /// <summary>Compares a summary with it.</summary>
    /// <param name="run">The summary.</param>
    /// <param name="manifest">Its run; null where it is not known what was to be read.</param>
    public ThresholdResult Judge(RunSummary run, RunManifest? manifest = null)
    {
        var values = Values(run).ToList();
        var limit = OfBaseline ? BaselineValue + Limit : Limit;
        var worst = Worst(values, limit);
        var missing = Missing(run, values);
        var (outcome, note) = Outcome(run, manifest, missing, worst, limit);
        var least = outcome == ThresholdOutcome.Passed ? Least(run, limit!.Value) : null;
        return new ThresholdResult
        {
            Text = Text,
            Metric = Metric.Name,
            Operator = Operator,
            Limit = limit,
            Value = worst?.Value,
            Unit = Metric.Unit,
            Where = worst?.Where is { Length: > 0 } where ? where : null,
            Least = least,
            Outcome = least is null ? outcome : ThresholdOutcome.Unmeasured,
            Note = least is null ? note : Metric.Doubt!.Why,
        };
    }

    private (ThresholdOutcome Outcome, string Note) Outcome(
        RunSummary run, RunManifest? manifest, IReadOnlyList<string> missing, PlaceValue? worst, double? limit)
    {
        if (DefaultThresholds.Has(this) && NothingToMeasure(run, manifest) is { } nothing)
            return (ThresholdOutcome.NotApplicable, nothing);
        if (worst?.Value is not { } value)
            return (ThresholdOutcome.Unmeasured, "nothing of it was measured");
        if (limit is not { } least)
            return (ThresholdOutcome.Unmeasured, "the baseline has no value to compare with");

        var elsewhere = missing.Count > 0 ? $"not measured at {Reporting.Text.NameList.Few(missing)}" : null;
        return Holds(value, least)
            ? (elsewhere is null ? ThresholdOutcome.Passed : ThresholdOutcome.Unmeasured, elsewhere ?? Metric.Source)
            : (ThresholdOutcome.Failed, elsewhere ?? Metric.Source);
    }

    /// <summary>The least that the value can be, where that does not hold; null when it holds, or when there is no doubt.</summary>
    private double? Least(RunSummary run, double limit)
    {
        if (Metric.Doubt is not { } doubt)
            return null;

        var doubtful = this with { Metric = Metric with { Media = doubt.Least, Of = any => doubt.Least(any.Fleet) } };
        return Worst([.. doubtful.Values(run)], limit)?.Value is { } value && !Holds(value, limit) ? value : null;
    }

    /// <summary>Why there is nothing of it in this run; null when there is, or was to be.</summary>
    private string? NothingToMeasure(RunSummary run, RunManifest? manifest) => Metric.Missing?.Invoke(run.Load)
        ?? (!Metric.OfCluster || Metric.Of(run) is not null ? null
            : run.Cluster is { LiveKit: not null } cluster && !cluster.Gaps.Any(gap => SourceLost.IsOfLiveKitMetrics(gap.Source))
            ? "the run was too short for it"
            : manifest?.Reads(RunSource.LiveKitMetrics) == true ? null : "its source was not read");

    /// <summary>Where nothing of it was measured: a value for the whole run leaves out the processes that it could not count.</summary>
    private List<string> Missing(RunSummary run, IReadOnlyList<PlaceValue> values) => values is [{ Where: "" }] && Metric.Media is not null
        ? [.. run.Processes.Where(process => IsUnknown(process.Media)).Select(process => process.Host).Distinct()]
        : [.. values.Where(value => value.Value is null).Select(value => value.Where)];

    private bool IsUnknown(MediaFigures media) => Metric.Unknown?.Invoke(media) > 0 || media.ParticipantsConnected is null;

    /// <summary>One value for the whole run, or one for each place.</summary>
    private IEnumerable<PlaceValue> Values(RunSummary run) => (Scope, Aggregate) switch
    {
        ("subscriber", _) => [new PlaceValue("", Metric.EachSubscriber!(run.Fleet))],
        ({ } scope, _) => Metric.In(scope, run, Aggregate is null ? null : Percentile)!,
        (null, null) => [new PlaceValue("", Metric.Of(run))],
        _ when Metric.Spread is not null => [new PlaceValue("", Percentile(Metric.Spread(run.Fleet)))],
        _ => Metric.In("vm", run)!,
    };

    /// <summary>The value that decides: the lowest or highest that was asked for, or else the one that is furthest from holding.</summary>
    private PlaceValue? Worst(IReadOnlyList<PlaceValue> values, double? limit)
    {
        var measured = values.Where(value => value.Value is not null).ToList();
        return (Metric.Spread is null ? Aggregate : null, Operator) switch
        {
            ("min", _) or (null, ">" or ">=") => measured.MinBy(value => value.Value),
            ("max", _) or (null, "<" or "<=") => measured.MaxBy(value => value.Value),
            _ => measured.Find(value => limit is not null && !Holds(value.Value!.Value, limit.Value)) ?? measured.FirstOrDefault(),
        };
    }

    private bool Holds(double value, double limit) => Operator switch
    {
        "<" => value < limit,
        "<=" => value <= limit,
        ">" => value > limit,
        ">=" => value >= limit,
        "==" => value.Equals(limit),
        _ => !value.Equals(limit),
    };

    private double? Percentile(Percentiles? spread) => Aggregate switch
    {
        "p50" => spread?.P50,
        "p90" => spread?.P90,
        "p95" => spread?.P95,
        "p99" => spread?.P99,
        _ => spread?.Max,
    };
}
