using System.Text.Json.Serialization.Metadata;
using Reporting.Raw.Hosts;
using Reporting.Raw.Observations;

namespace Reporting.Measuring;

/// <summary>A kind of load as its results are read: how the output of its processes is measured, and which figures it has.</summary>
internal abstract class LoadKind
{
    /// <summary>Its name in run.json.</summary>
    public abstract string Name { get; }

    /// <summary>The figures that it has, besides those of every run.</summary>
    public abstract IReadOnlyList<Metric> Metrics { get; }

    /// <summary>Names of those for the first screen, the most telling one first; there is room for four.</summary>
    public abstract IReadOnlyList<string> KeyFigures { get; }

    /// <summary>How its <see cref="LoadShape"/> is written and read.</summary>
    public abstract JsonTypeInfo ShapeType { get; }

    /// <summary>The load that was asked for.</summary>
    public abstract LoadShape Shape(RunPlan plan);

    /// <summary>Reads and measures one process.</summary>
    public abstract ProcessMeasures Measure(ProcessRecording recording, RunPlan plan);

    /// <summary>Adds to the processes what only all of them together tell, of rooms that several share, and what LiveKit counted.</summary>
    public virtual IReadOnlyList<HostMeasures> Together(
        RunPlan plan, IReadOnlyList<HostMeasures> hosts, IReadOnlyList<RoomsSeen> counted) => hosts;

    /// <summary>What became of rooms while their participants were to be there.</summary>
    public virtual IEnumerable<Happening> Happenings(IReadOnlyList<HostMeasures> hosts, IReadOnlyList<Observation> seen) => [];

    /// <summary>The figures of any group of processes.</summary>
    public abstract MediaFigures Figures(IReadOnlyList<ProcessMeasures> processes);

    /// <summary>What remains for certain without what some hosts measured: of the other hosts all that did not depend on those.</summary>
    public virtual IReadOnlyList<HostMeasures> Without(IReadOnlySet<string> doubtful, IReadOnlyList<HostMeasures> hosts) =>
        [.. hosts.Where(host => !doubtful.Contains(host.Name))];

    /// <summary>Whether all of a host's participants to whom media was due had lost their rooms for good.</summary>
    public virtual bool HasLostItsRooms(HostMeasures host) => false;

    /// <summary>What a knowing engineer would notice in what was measured.</summary>
    public virtual IEnumerable<Finding> Findings(RunSummary summary, IReadOnlyList<HostMeasures> hosts) => [];

    /// <summary>What a run that passed showed, as the end of a sentence.</summary>
    public abstract string Shown(RunSummary summary);

    /// <summary>LiveKit's published figures of the same load; null when there are none.</summary>
    public virtual PublishedBenchmark? Published(RunSummary summary) => null;
}
