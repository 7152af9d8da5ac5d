using System.Text.Json.Serialization.Metadata;
using Reporting.Measuring;
using Reporting.Raw.Hosts;
using Reporting.Raw.Observations;

namespace Reporting.LoadKinds.Participants;

/// <summary>Participants that publish and subscribe, made by <c>lk load-test</c>.</summary>
internal sealed class ParticipantsKind : LoadKind
{
    public override string Name => RunPlan.FirstKind;

    public override IReadOnlyList<Metric> Metrics => ParticipantMetrics.All;

    public override IReadOnlyList<string> KeyFigures { get; } = ["served", "join-time", "audio-delivery", "video-delivery"];

    public override JsonTypeInfo ShapeType => ParticipantsJson.Default.ParticipantsShape;

    public override LoadShape Shape(RunPlan plan) => new ParticipantsShape(plan);

    public override ProcessMeasures Measure(ProcessRecording recording, RunPlan plan) => ProcessMeasurer.Measure(recording, plan);

    public override MediaFigures Figures(IReadOnlyList<ProcessMeasures> processes) => Media.Of([.. processes.Cast<ParticipantMeasures>()]);

    public override IReadOnlyList<HostMeasures> Together(
        RunPlan plan, IReadOnlyList<HostMeasures> hosts, IReadOnlyList<RoomsSeen> counted) =>
        RoomService.Of(plan.Read(ParticipantsJson.Default.PlannedMedia), Leavers.Of(RoomCounts.Of(counted, hosts)));

    public override IEnumerable<Happening> Happenings(IReadOnlyList<HostMeasures> hosts, IReadOnlyList<Observation> seen) =>
        RoomHappenings.Of(hosts, seen);

    public override IReadOnlyList<HostMeasures> Without(IReadOnlySet<string> doubtful, IReadOnlyList<HostMeasures> hosts) =>
        SoundWitnesses.Without(doubtful, hosts);

    public override bool HasLostItsRooms(HostMeasures host)
    {
        var joined = host.Own().SelectMany(process => process.Participants)
            .Where(one => one is { Role: LkRole.Subscriber, Attendance: Attendance.Joined }).ToList();
        return joined.Count > 0 && joined.TrueForAll(one => one.IsGone);
    }

    public override IEnumerable<Finding> Findings(RunSummary summary, IReadOnlyList<HostMeasures> hosts) =>
        ParticipantFindings.Of(hosts);

    public override string Shown(RunSummary summary) =>
        Invariant($"{summary.Fleet.ParticipantsServed} of {summary.Fleet.ParticipantsPlanned} participants were served")
        + (ParticipantFindings.OfLk(summary.Fleet) is { Count: > 0 } noticed ? $"; lk reported {string.Join(" and ", noticed)}" : "");

    public override PublishedBenchmark? Published(RunSummary summary) => PublishedRows.Of(summary);
}
