using Humanizer;
using LoadTesting.LiveKit;
using LoadTesting.Lk;
using Reporting.LoadKinds.Participants;
using Reporting.Raw.Lk;

namespace LoadTesting.LoadKinds.Participants;

/// <summary>Participants that publish and subscribe, made by <c>lk load-test</c>.</summary>
internal sealed class ParticipantsKind : LoadKind
{
    public override string Name => RunPlan.FirstKind;

    public override IEnumerable<ParameterProblem> Problems(LoadTestParameters parameters)
    {
        List<ParameterProblem> problems = [.. ParticipantChecks.Problems(parameters)];
        if (problems.Count == 0 && parameters.LiveKit.Url is not null)
        {
            var hosts = Enumerable.Range(1, parameters.Fleet.InstanceCount).Select(index => $"{index}").ToList();
            problems.AddRange(new[] { CloudLimit.Problem(parameters.LiveKit.Url, Plan(parameters.Load, hosts, "plan-0000")) }
                .OfType<ParameterProblem>());
        }

        return problems;
    }

    public override int ParticipantsPerVm(LoadParameters load) => Mix.Of(load).Participants;

    public override RunPlan Plan(LoadParameters load, IReadOnlyList<string> hosts, string runId, string? trial = null) =>
        LoadPlanner.Plan(load, hosts, runId, SmokeJoin.Kept(trial)?.DueAudioPacketsPerSecond ?? LkFacts.AudioPacketsPerSecond);

    public override IReadOnlyList<(string Name, string Value)> Rows(LoadTestParameters parameters, RunPlan plan)
    {
        var (load, mix, expected) = (parameters.Load, Mix.Of(parameters.Load), ExpectedLoad.Of(plan));
        return
        [
            ("Load per VM",
                $"{mix.Participants} participants: {mix.VideoPublishers} publish video, {mix.AudioPublishers} audio, "
                + $"{mix.Subscribers} subscribe{OnlySubscribing(load, parameters.Fleet.InstanceCount, mix)}"),
            ("Load in all",
                $"{expected.Participants} participants in {Format.Counted(expected.Rooms, "room")}, "
                + Format.Counted(plan.Processes.Count, "lk process")),
            ("Media", $"{load.VideoResolution} {load.VideoCodec}, layout {load.Layout}"),
            ("Tracks", $"{Format.Range(expected.Tracks.Min, expected.Tracks.Max)} subscribed"),
            ("Traffic", $"about {Format.Show(expected.DownBitsPerSecond, Unit.BitsPerSecond)} to the VMs, "
                + $"{Format.Show(expected.UpBitsPerSecond, Unit.BitsPerSecond)} from them"),
            ("Time", $"{Words(plan.RampUpSeconds)} to join at {load.JoinsPerSecond} a second and VM, "
                + $"then {Words(plan.DurationSeconds)} of load{Staged(load)}"),
        ];
    }

    public override async Task<Trial> TryAsync(
        string host, IRemoteShell shell, LiveKitCredentials liveKit, LoadParameters load, string id, CancellationToken cancellation)
    {
        var smoke = await SmokeJoin.TryAsync(shell, liveKit, load, id, cancellation);
        return new Trial(JsonSerializer.Serialize(smoke, SmokeJoinJson.Default.SmokeJoin), smoke.Warning, smoke.Fault(host, liveKit.Url));
    }

    public override Func<string, ProcessProgress> Follow()
    {
        var parser = new LkOutputParser();
        return line =>
        {
            parser.Feed(LkSource.Stdout, line, at: null);
            return new ProcessProgress(parser.Connected, parser.Tracks, parser.Errors, parser.IsMediaDue);
        };
    }

    private static string OnlySubscribing(LoadParameters load, int vms, Mix mix) => load.PublishingVms is { } publishing && publishing < vms
        ? $"; so on {Format.Counted(publishing, "VM")}, on the others {mix.Subscribers} that only subscribe"
        : "";

    private static string Staged(LoadParameters load)
    {
        var before = load.Stages.SkipLast(1).Select(stage => $"{stage.Share:0.##%} for {new Duration(stage.Hold)}");
        return load.Stages.Count == 0 ? "" : $", after {before.Listed()}";
    }

    private static string Words(double seconds) =>
        TimeSpan.FromSeconds(seconds).Humanize(2, minUnit: TimeUnit.Second);
}
