using System.Globalization;
using System.Text.RegularExpressions;
using Reporting.Summary;

namespace Reporting.Thresholds;

/// <summary>What must hold for a run to pass: <c>audio-delivery&gt;=95%</c>, <c>p99(join-time)&lt;3s</c>.</summary>
/// <param name="Text">As it was given.</param>
/// <param name="Metric">What it is about.</param>
/// <param name="Aggregate">p50, p90, p95, p99 or max; null for the metric's own value.</param>
/// <param name="Operator">The comparison.</param>
/// <param name="Limit">What is compared with, in the metric's unit.</param>
public sealed partial record Threshold(string Text, Metric Metric, string? Aggregate, string Operator, double Limit)
{
    private static readonly string[] Aggregates = ["p50", "p90", "p95", "p99", "max"];

    /// <summary>Reads thresholds separated by commas, before a run.</summary>
    /// <param name="text">As the operator wrote them.</param>
    /// <param name="problems">What is wrong with those that are wrong: the threshold, and what would be right.</param>
    public static IReadOnlyList<Threshold> Parse(string text, out IReadOnlyList<(string Given, string Expected)> problems)
    {
        var (thresholds, wrong) = (new List<Threshold>(), new List<(string, string)>());
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var (threshold, expected) = One(part);
            if (threshold is not null)
                thresholds.Add(threshold);
            else
                wrong.Add((part, expected!));
        }

        problems = wrong;
        return thresholds;
    }

    /// <summary>Compares a summary with it.</summary>
    public ThresholdResult Judge(RunSummary run)
    {
        var value = Aggregate is null ? Metric.Of(run) : Percentile(Metric.Spread!(run));
        return new ThresholdResult
        {
            Text = Text,
            Metric = Metric.Name,
            Operator = Operator,
            Limit = Limit,
            Value = value,
            Unit = Metric.Unit,
            Outcome = value is not { } measured ? ThresholdOutcome.Unmeasured : Holds(measured) ? ThresholdOutcome.Passed : ThresholdOutcome.Failed,
            Note = value is null ? "nothing of it was measured" : Metric.Source,
        };
    }

    private static (Threshold? Threshold, string? Expected) One(string text)
    {
        var match = Grammar().Match(text);
        if (!match.Success)
            return (null, "METRIC OPERATOR VALUE such as packet-loss<3% or p95(join-time)<3s");

        var (name, aggregate) = (match.Groups["metric"].Value, match.Groups["aggregate"] is { Success: true } group ? group.Value : null);
        if (Metric.Find(name) is not { } metric)
            return (null, $"one of the metrics {string.Join(", ", Metric.All.Select(known => known.Name))}");
        if (aggregate is not null && metric.Spread is null)
            return (null, $"{name} without {aggregate}(): it is one number, not a spread of observations");
        if (aggregate is not null && !Aggregates.Contains(aggregate, StringComparer.Ordinal))
            return (null, $"one of {string.Join(", ", Aggregates)} before ({name})");

        return Value(match.Groups["value"].Value, match.Groups["unit"].Value, metric.Unit) is { } limit
            ? (new Threshold(text, metric, aggregate, match.Groups["operator"].Value, limit), null)
            : (null, $"{name} compared with {Example(metric.Unit)}");
    }

    private bool Holds(double value) => Operator switch
    {
        "<" => value < Limit,
        "<=" => value <= Limit,
        ">" => value > Limit,
        ">=" => value >= Limit,
        "==" => value.Equals(Limit),
        _ => !value.Equals(Limit),
    };

    private double? Percentile(Percentiles? spread) => Aggregate switch
    {
        "p50" => spread?.P50,
        "p90" => spread?.P90,
        "p95" => spread?.P95,
        "p99" => spread?.P99,
        _ => spread?.Max,
    };

    private static double? Value(string number, string unit, Unit wanted)
    {
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            return null;

        return (wanted, unit.ToLowerInvariant()) switch
        {
            (Unit.Ratio, "%") => value / 100,
            (Unit.Ratio, "") when value <= 1 => value,
            (Unit.Count, "") => value,
            (Unit.Seconds, "s") => value,
            (Unit.Seconds, "ms") => value / 1000,
            (Unit.BitsPerSecond, "bps") => value,
            (Unit.BitsPerSecond, "kbps") => value * 1e3,
            (Unit.BitsPerSecond, "mbps") => value * 1e6,
            (Unit.BitsPerSecond, "gbps") => value * 1e9,
            _ => null,
        };
    }

    private static string Example(Unit unit) => unit switch
    {
        Unit.Ratio => "a percentage such as 95%",
        Unit.Seconds => "a time such as 3s or 500ms",
        Unit.BitsPerSecond => "a rate such as 500kbps",
        _ => "a number such as 0",
    };

    [GeneratedRegex(
        @"^((?<aggregate>[a-z0-9]+)\()?(?<metric>[a-z][a-z0-9.-]*)(?(aggregate)\))\s*(?<operator><=|>=|==|!=|<|>)\s*(?<value>[0-9][0-9.]*)\s*(?<unit>%|[A-Za-z]*)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Grammar();
}
