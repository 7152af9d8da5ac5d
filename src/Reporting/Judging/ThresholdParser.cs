using System.Text.RegularExpressions;

namespace Reporting.Judging;

/// <summary>Reads one threshold: <c>[AGGREGATE(]METRIC[(SCOPE)][)] OPERATOR VALUE</c>.</summary>
internal static partial class ThresholdParser
{
    private static readonly string[] OfSpreads = ["p50", "p90", "p95", "p99", "max"];

    private static readonly string[] OfNumbers = ["min", "max"];

    private static readonly string[] Scopes = ["vm", "room", "process", "subscriber"];

    /// <summary>The threshold, or what would be right.</summary>
    public static (Threshold? Threshold, string? Expected) One(string text)
    {
        var match = Grammar().Match(text);
        if (!match.Success)
            return (null, "METRIC OPERATOR VALUE such as packet-loss<3% or p95(join-time)<3s");

        var (aggregate, name, scope) = Words(match);
        if (Metrics.Find(name) is not { } metric)
            return (null, $"one of the metrics {Metrics.All.Select(known => known.Name).Listed()}");

        var problem = AggregateProblem(metric, aggregate) ?? ScopeProblem(metric, scope);
        if (problem is not null)
            return (null, problem);

        var ofBaseline = match.Groups["baseline"].Success;
        var limit = ofBaseline && !match.Groups["value"].Success
            ? 0
            : Value(match.Groups["value"].Value, match.Groups["unit"].Value, metric.Unit);
        return limit is null
            ? (null, $"{name} compared with {Example(metric.Unit)}")
            : (new Threshold
            {
                Text = text,
                Metric = metric,
                Aggregate = aggregate,
                Scope = scope,
                Operator = match.Groups["operator"].Value,
                Limit = match.Groups["sign"].Value == "-" ? -limit.Value : limit.Value,
                OfBaseline = ofBaseline,
            }, null);
    }

    /// <summary>The first word is a metric, or else what is made of it.</summary>
    private static (string? Aggregate, string Metric, string? Scope) Words(Match match)
    {
        var (first, second, third) = (match.Groups["first"].Value, Optional(match.Groups["second"]), Optional(match.Groups["third"]));
        return second is null || (third is null && Metrics.Find(first) is not null) ? (null, first, second) : (first, second, third);
    }

    private static string? Optional(Group group) => group.Success ? group.Value : null;

    private static string? AggregateProblem(Metric metric, string? aggregate) => (aggregate, metric) switch
    {
        (null, _) => null,
        (_, { Spread: not null }) =>
            OfSpreads.Contains(aggregate) ? null : $"one of {OfSpreads.Listed()} before ({metric.Name})",
        (_, { Media: null, Generator: null }) => $"{metric.Name} without {aggregate}(): it is one number of the whole run",
        _ => OfNumbers.Contains(aggregate)
            ? null
            : $"{metric.Name} without {aggregate}(): it is not a spread of observations; min() and max() take the lowest and the highest "
            + "VM",
    };

    private static string? ScopeProblem(Metric metric, string? scope)
    {
        var known = Scopes.Where(candidate => candidate switch
        {
            "subscriber" => metric.EachSubscriber is not null,
            "vm" => metric.Media is not null || metric.Generator is not null,
            _ => metric.Media is not null,
        }).ToList();
        return scope is null || known.Contains(scope)
            ? null
            : known.Count == 0 ? $"{metric.Name} without ({scope}): it is one number of the whole run"
                : $"one of {known.Select(one => $"({one})").Listed()} after {metric.Name}";
    }

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
        @"^(?<first>[a-z0-9][a-z0-9.-]*)(\((?<second>[a-z0-9][a-z0-9.-]*)(\((?<third>[a-z]+)\))?\))?\s*(?<operator><=|>=|==|!=|<|>)\s*"
        + @"((?<baseline>baseline)(\s*(?<sign>[+-])\s*(?<value>[0-9][0-9.]*)\s*(?<unit>%|[A-Za-z]*))?"
        + @"|(?<value>[0-9][0-9.]*)\s*(?<unit>%|[A-Za-z]*))$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Grammar();
}
