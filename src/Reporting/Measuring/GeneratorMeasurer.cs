using Reporting.Raw.Samples;

namespace Reporting.Measuring;

/// <summary>Whether load generators kept up: every <see cref="GeneratorFigure"/> of one, and of all of them.</summary>
internal static class GeneratorMeasurer
{
    /// <param name="steady">The samples of the steady state.</param>
    public static GeneratorFigures Measure(IReadOnlyList<HostSample> steady) => steady.Count == 0
        ? new GeneratorFigures { HostsMeasured = 0 }
        : GeneratorFigure.All.Aggregate(new GeneratorFigures { HostsMeasured = 1 },
            (figures, figure) => figure.With(figures, figure.Within(steady)));

    public static GeneratorFigures Together(IReadOnlyList<HostMeasures> hosts)
    {
        // lk's own complaints need no sample.
        var saturated = hosts.Count(host => host.SaturatedBy is not null);
        var measured = hosts.Where(host => host.Generator.HostsMeasured > 0).ToList();
        var together = new GeneratorFigures { HostsMeasured = measured.Count,
            HostsSaturated = measured.Count + saturated > 0 ? saturated : null };
        return measured.Count == 0
            ? together
            : GeneratorFigure.All.Aggregate(together,
                (figures, figure) => figure.With(figures, figure.Across(measured, host => figure.Of(host.Generator))));
    }
}
