namespace Reporting.Summary;

/// <summary>A run beside an earlier one of the same kind.</summary>
/// <param name="RunId">The earlier run.</param>
/// <param name="Changes">Every metric that both have, in the order of the metrics.</param>
public sealed record Comparison(string RunId, IReadOnlyList<Change> Changes)
{
    /// <summary>
    /// The earlier run over time, moved so that both loads start at this run's start; empty when one of the starts is not known.
    /// </summary>
    public IReadOnlyList<TimeSeries> Series { get; init; } = [];
}

/// <summary>How one metric changed.</summary>
/// <param name="Metric">Its name, <c>packet-loss</c>.</param>
/// <param name="Label">What it is, in a few words.</param>
/// <param name="Unit">The unit of both values.</param>
/// <param name="Before">The earlier run's value.</param>
/// <param name="Now">This run's value.</param>
/// <param name="Direction">What to make of it.</param>
public sealed record Change(string Metric, string Label, Unit Unit, double Before, double Now, ChangeDirection Direction);

/// <summary>What to make of a change.</summary>
public enum ChangeDirection
{
    /// <summary>Too small to say anything: half a percentage point of a share, else 5 % of the earlier value.</summary>
    Noise,

    /// <summary>For the better.</summary>
    Better,

    /// <summary>For the worse.</summary>
    Worse,
}
