namespace Reporting.Judging;

/// <summary>Compares a run with an earlier one, and refuses where they are not of the same kind.</summary>
public static class Comparer
{
    private const double NoiseOfShares = 0.005;
    private const double Noise = 0.05;

    /// <summary>
    /// What differs in the load, the layout, the media or lk; empty when they are alike. If anything does, a change of a figure proves
    /// nothing.
    /// </summary>
    public static IReadOnlyList<string> Differences(RunSummary run, RunSummary baseline) =>
    [
        .. ((IEnumerable<(string What, object Now, object Before)>)
        [
            .. run.Load.Kind == baseline.Load.Kind
                ? run.Load.Likeness().Zip(baseline.Load.Likeness(), (now, before) => (now.What, now.Value, before.Value))
                : [("kind of load", run.Load.Kind, baseline.Load.Kind)],
            ("lk", Lk(run), Lk(baseline)),
            ("replay", run.Replay?.Scenario ?? "none", baseline.Replay?.Scenario ?? "none"),
        ]).Where(one => !Equals(one.Now, one.Before)).Select(one => FormattableString.Invariant($"{one.What} {one.Now}, not {one.Before}")),
    ];

    /// <summary>Both runs side by side; they should be alike (<see cref="Differences"/>).</summary>
    public static Comparison Compare(RunSummary run, RunSummary baseline) => new(
        baseline.Run.RunId,
        [
            .. Metrics.Of(run.Load)
                .Select(metric => (Metric: metric, Before: metric.Of(baseline), Now: metric.Of(run)))
                .Where(both => both is { Before: not null, Now: not null })
                .Select(both => new Change(both.Metric.Name, both.Metric.Label, both.Metric.Unit, both.Before!.Value, both.Now!.Value,
                    Direction(both.Metric, both.Before.Value, both.Now.Value))),
        ])
    {
        Series = [.. Moved(baseline, run.Run.StartAt - baseline.Run.StartAt)],
    };

    private static IEnumerable<TimeSeries> Moved(RunSummary baseline, TimeSpan? by) => by is { } distance
        ? baseline.Series.Where(series => series.Host is null).Select(series => series with { Start = series.Start + distance })
        : [];

    private static ChangeDirection Direction(Metric metric, double before, double now)
    {
        var noise = metric.Unit == Unit.Ratio ? NoiseOfShares : Noise * Math.Abs(before);
        return Math.Abs(now - before) <= noise ? ChangeDirection.Noise
            : now < before == metric.LowerIsBetter ? ChangeDirection.Better : ChangeDirection.Worse;
    }

    private static string Lk(RunSummary run) =>
        NameList.Few([.. run.Versions.Where(version => version.Program == "lk").Select(version => version.Version ?? "unknown")
        .Order(StringComparer.Ordinal)]);
}
