namespace Reporting.Rendering.Html;

/// <summary>What a chart shows; the page's script makes an Apache ECharts chart of it.</summary>
internal sealed record Chart
{
    public required ChartKind Kind { get; init; }

    public required string Title { get; init; }

    /// <summary>What to look for, in one sentence.</summary>
    [JsonIgnore]
    public string Note { get; init; } = "";

    public required IReadOnlyList<ChartLine> Lines { get; init; }

    /// <summary>The names along the horizontal axis; null when it is time.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>Above this a value means trouble; null when there is no such limit.</summary>
    public double? Limit { get; init; }

    /// <summary>The label of the limit; null for its value.</summary>
    public string? LimitName { get; init; }

    /// <summary>Spans of time to mark, in the order in which they are painted.</summary>
    public IReadOnlyList<ChartSpan> Spans { get; init; } = [];

    /// <summary>What happened at an instant, the earliest first.</summary>
    public IReadOnlyList<ChartMark> Marks { get; init; } = [];

    /// <summary>The same as a table, for readers who do not see charts.</summary>
    [JsonIgnore]
    public ChartTable Table { get; init; } = new([], []);

    public static IReadOnlyList<Chart> All(RunSummary summary) =>
        [.. TimeCharts.Of(summary), .. new[] { JoinTimeChart.Of(summary) }.OfType<Chart>(), .. HostCharts.Of(summary)];
}

/// <summary>How a chart is drawn.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChartKind>))]
internal enum ChartKind
{
    /// <summary>Lines over time.</summary>
    Time,

    /// <summary>A bar for each name.</summary>
    Bars,

    /// <summary>A dot for each name.</summary>
    Dots,

    /// <summary>A mark for each load of a search for the capacity, a line for each outcome.</summary>
    Steps,

    /// <summary>A coloured cell for each name, one figure at a time.</summary>
    Cells,
}

/// <summary>One figure of a chart.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Values">Its values; null where nothing was measured.</param>
internal sealed record ChartLine(string Name, Unit Unit, IReadOnlyList<double?> Values)
{
    /// <summary>When each value was measured, in milliseconds since 1970; null when the chart has names instead.</summary>
    public IReadOnlyList<long>? Times { get; init; }

    /// <summary>The participants that each value was measured with; null when the chart is about something else.</summary>
    public IReadOnlyList<int>? Participants { get; init; }

    /// <summary>For the line of an earlier run: the line of this run that it is to be compared with; null for a line of this run.</summary>
    public int? Beside { get; init; }

    /// <summary>The values that get the worst and the best colour of a cell.</summary>
    public IReadOnlyList<double>? Scale { get; init; }
}

/// <summary>A span of time on a chart.</summary>
/// <param name="Name">ramp, steady or stall.</param>
/// <param name="From">Its begin, in milliseconds since 1970.</param>
/// <param name="To">Its end.</param>
internal sealed record ChartSpan(string Name, long From, long To);

/// <summary>Something that happened at an instant.</summary>
/// <param name="Name">What, in a word or two.</param>
/// <param name="At">When, in milliseconds since 1970.</param>
internal sealed record ChartMark(string Name, long At);

/// <summary>The values of a chart as text.</summary>
/// <param name="Head">The columns; the first names the row.</param>
/// <param name="Rows">The rows.</param>
internal sealed record ChartTable(IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never)]
[JsonSerializable(typeof(IReadOnlyList<Chart>))]
internal sealed partial class ChartJson : JsonSerializerContext;
