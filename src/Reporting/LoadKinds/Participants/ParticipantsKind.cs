using System.Text.Json.Serialization.Metadata;
using Reporting.Measuring;
using Reporting.Raw.Hosts;

namespace Reporting.LoadKinds.Participants;

/// <summary>Participants that publish and subscribe, made by <c>lk load-test</c>.</summary>
internal sealed class ParticipantsKind : LoadKind
{
    public override string Name => RunPlan.FirstKind;

    public override IReadOnlyList<Metric> Metrics => ParticipantMetrics.All;

    public override IReadOnlyList<string> KeyFigures { get; } = ["connected", "audio-delivery", "packet-loss", "bitrate"];

    public override JsonTypeInfo ShapeType => ParticipantsJson.Default.ParticipantsShape;

    public override LoadShape Shape(RunPlan plan) => new ParticipantsShape(plan);

    public override ProcessMeasures Measure(ProcessRecording recording, RunPlan plan) => ProcessMeasurer.Measure(recording, plan);

    public override MediaFigures Figures(IReadOnlyList<ProcessMeasures> processes) => Media.Of([.. processes.Cast<ParticipantMeasures>()]);

    public override IEnumerable<Finding> Findings(RunSummary summary, IReadOnlyList<HostMeasures> hosts)
    {
        if (summary.Fleet.ParticipantsDropped is > 0 and var dropped)
        {
            yield return new Finding(
                Verdict.Failed,
                $"{Format.Counted(dropped, "participant")} lost {(dropped == 1 ? "its" : "their")} room and came back",
                Where(hosts, process => process.Subscribers.Any(subscriber => subscriber.CameBack)));
        }

        if (summary.Fleet.TracksSubscribed < summary.Fleet.TracksDueMin)
        {
            yield return new Finding(
                Verdict.Failed,
                Invariant($"subscribers got {summary.Fleet.TracksSubscribed} tracks, at least {summary.Fleet.TracksDueMin} were due"));
        }

        var failed = hosts.SelectMany(Processes).SelectMany(process => process.FailedJoins).ToList();
        if (failed.Count > 0)
        {
            var why = failed.GroupBy(error => error).MaxBy(group => group.Count())!.Key;
            yield return new Finding(Verdict.Failed, $"{Format.Counted(failed.Count, "participant")} could not join: {why}",
                Where(hosts, process => process.FailedJoins.Count > 0));
        }
    }

    public override string Shown(RunSummary summary) =>
        Invariant($"{summary.Fleet.ParticipantsConnected} of {summary.Fleet.ParticipantsPlanned} participants connected, ")
        + (summary.Fleet.AudioDeliveryRatio is { } audio
            ? $"{Format.Show(audio, Unit.Ratio)} of the audio that was due arrived"
            : "no audio was published");

    public override PublishedBenchmark? Published(RunSummary summary) => PublishedRows.Of(summary);

    private static IEnumerable<ParticipantMeasures> Processes(HostMeasures host) => host.Processes.Cast<ParticipantMeasures>();

    private static string Where(IReadOnlyList<HostMeasures> hosts, Func<ParticipantMeasures, bool> has) =>
        NameList.Few([.. hosts.Where(host => Processes(host).Any(has)).Select(host => host.Name)]);
}
