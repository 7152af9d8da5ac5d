namespace Reporting.Summary;

/// <summary>A figure that a threshold can be about.</summary>
/// <param name="Name">Its name in thresholds and in every output, <c>packet-loss</c>; a dot parts what is looked at from what is
/// counted.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Label">What it is, in a few words.</param>
/// <param name="Source">What measures it, and where.</param>
/// <param name="Meaning">What it is, in a sentence or two.</param>
/// <param name="Example">A threshold on it.</param>
/// <param name="Of">Its value in a summary; null when it was not measured.</param>
public sealed record Metric(string Name, Unit Unit, string Label, string Source, string Meaning, string Example,
    Func<RunSummary, double?> Of)
{
    /// <summary>Its value in what the participants of a VM, a room or a process got; null when it is not about media.</summary>
    public Func<MediaFigures, double?>? Media { get; init; }

    /// <summary>Its value of one load generator; null when it is not about generators.</summary>
    public Func<GeneratorFigures, double?>? Generator { get; init; }

    /// <summary>For a figure that is a spread of observations: its percentiles. Null when it is one number.</summary>
    public Func<MediaFigures, Percentiles?>? Spread { get; init; }

    /// <summary>The same for one subscriber on average; null when that has no meaning.</summary>
    public Func<MediaFigures, double?>? EachSubscriber { get; init; }

    /// <summary>Whether lower values are better; null when that depends on what was meant.</summary>
    public bool? LowerIsBetter { get; init; } = true;

    /// <summary>
    /// Whether it is about the load generators: then a threshold that does not hold makes a run inconclusive, not failed.
    /// </summary>
    public bool OfGenerator => Generator is not null;

    /// <summary>Whether it is about the cluster under test: it is not missed where none was observed.</summary>
    public bool OfCluster { get; init; }

    /// <summary>Whether LiveKit has it from participants: then a load generator that does not keep up spoils it.</summary>
    public bool FromParticipants { get; init; }

    /// <summary>Why a planned load has nothing that it could measure; null when it has. Null for a metric of every load.</summary>
    public Func<LoadShape, string?>? Missing { get; init; }

    /// <summary>How many participants it leaves out; null when it covers all that a process reports.</summary>
    public Func<MediaFigures, int>? Unknown { get; init; }

    /// <summary>The least that its value can be, where what was measured leaves a doubt; null when it leaves none.</summary>
    public MetricDoubt? Doubt { get; init; }

    /// <summary>A few words beside its value on the first screen; null when there are none.</summary>
    public Func<RunSummary, string?>? Note { get; init; }

    /// <summary>A metric of what participants got: of a process, a room, a VM or the whole fleet.</summary>
    public static Metric OfMedia(
        string name, Unit unit, string label, string source, string meaning, string example, Func<MediaFigures, double?> media) =>
        new(name, unit, label, source, meaning, example, run => media(run.Fleet)) { Media = media };

    /// <summary>The places of a scope with the value of each; null when the metric has none of that kind.</summary>
    /// <param name="scope"><c>vm</c>, <c>room</c> or <c>process</c>.</param>
    /// <param name="run">The run.</param>
    /// <param name="percentile">Which percentile of a spread; its own when null.</param>
    public IEnumerable<PlaceValue>? In(string scope, RunSummary run, Func<Percentiles?, double?>? percentile = null)
    {
        var media = percentile is null || Spread is null ? Media : figures => percentile(Spread(figures));
        return (scope, media, Generator) switch
        {
            ("vm", null, { } generator) => run.Hosts.Select(host => new PlaceValue(host.Name, generator(host.Generator))),
            ("vm", { } of, _) => run.Hosts.Select(host => new PlaceValue(host.Name, of(host.Media))),
            ("room", { } of, _) => run.Rooms.Select(room => new PlaceValue(room.Room, of(room.Media))),
            ("process", { } of, _) => run.Processes.Select(process => new PlaceValue($"{process.Host} {process.Name}", of(process.Media))),
            _ => null,
        };
    }
}

/// <summary>Why the value of a metric may be less than it seems.</summary>
/// <param name="Least">The least that it can be.</param>
/// <param name="Why">Why, the rest of a sentence that names both.</param>
public sealed record MetricDoubt(Func<MediaFigures, double?> Least, string Why);

/// <summary>A metric's value at one place.</summary>
/// <param name="Where">The VM, the room or the process.</param>
/// <param name="Value">The value; null when it was not measured there.</param>
public sealed record PlaceValue(string Where, double? Value);
