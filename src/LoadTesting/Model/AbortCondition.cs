using System.Text.RegularExpressions;

namespace LoadTesting.Model;

/// <summary>When a run is stopped early, as written in <c>--abort-when</c>: <c>connected&lt;50%</c>.</summary>
/// <param name="Figure">What is looked at: <c>connected</c>, <c>errors</c>, <c>silent</c> or <c>stalled</c>.</param>
/// <param name="Operator"><c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c> or <c>&gt;=</c>.</param>
/// <param name="Limit">The number to compare with.</param>
/// <param name="IsShare">Whether it is per cent: of the participants, or of the hosts.</param>
public sealed partial record AbortCondition(string Figure, string Operator, double Limit, bool IsShare)
{
    private const string Expected = "conditions such as connected<50%, errors>10, silent>2 or stalled>=1, separated by commas";

    /// <summary>Reads conditions separated by commas; what is wrong with them comes out as problems.</summary>
    public static IReadOnlyList<AbortCondition> Parse(string? text, out IReadOnlyList<ParameterProblem> problems)
    {
        var parts = (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => (Part: part, Match: Form().Match(part))).ToList();
        problems = [.. parts.Where(part => !part.Match.Success).Select(part => new ParameterProblem("--abort-when", part.Part, Expected))];
        return [.. parts.Where(part => part.Match.Success).Select(part => Of(part.Match.Groups))];
    }

    /// <summary>Whether the run is to be stopped now.</summary>
    public bool Holds(LiveFigures now)
    {
        var (value, whole) = Figure switch
        {
            "connected" => (now.Connected, now.Participants),
            "errors" => (now.Errors, now.Participants),
            "silent" => (now.Silent, now.Hosts),
            _ => (now.Stalled, now.Hosts),
        };
        var limit = IsShare ? Limit / 100 * whole : Limit;
        return Operator switch
        {
            "<" => value < limit,
            "<=" => value <= limit,
            ">" => value > limit,
            _ => value >= limit,
        };
    }

    /// <summary>As it was written.</summary>
    public override string ToString() => $"{Figure}{Operator}{Limit}{(IsShare ? "%" : "")}";

    private static AbortCondition Of(GroupCollection parts) =>
        new(
        parts["figure"].Value, parts["operator"].Value,
        double.Parse(parts["limit"].ValueSpan, NumberStyles.AllowDecimalPoint), parts["share"].Success);

    [GeneratedRegex(
        @"^(?<figure>connected|errors|silent|stalled)\s*(?<operator><=|>=|<|>)\s*(?<limit>[0-9]{1,9}(\.[0-9]{1,9})?)\s*(?<share>%)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}

/// <summary>A run as it is at the moment.</summary>
public sealed record LiveFigures
{
    /// <summary>Participants that the run has in all.</summary>
    public int Participants { get; init; }

    /// <summary>Participants that have joined; null while they still may be joining, and then no condition on it holds.</summary>
    public int? Connected { get; init; }

    /// <summary>Failed joins and subscriptions.</summary>
    public int Errors { get; init; }

    /// <summary>Hosts that carry the run.</summary>
    public int Hosts { get; init; }

    /// <summary>Hosts that have not answered for a while.</summary>
    public int Silent { get; init; }

    /// <summary>Hosts at which media has stopped arriving.</summary>
    public int Stalled { get; init; }
}
