using Reporting.LoadKinds.Participants;
using Reporting.Raw.Lk;

namespace LoadTesting.LoadKinds.Participants;

/// <summary>Turns the load that was asked for into the <c>lk</c> processes that make it. Pure: same question, same plan.</summary>
public static class LoadPlanner
{
    /// <summary>
    /// Most participants in one <c>lk</c> process. Beyond it lk runs out of sockets: it opens 13 descriptors a participant
    /// and more for each further network interface, and lowers its own limit to 65,535 (livekit-cli issue 582).
    /// </summary>
    public const int MaxParticipantsPerProcess = 1000;

    /// <summary>Plans the processes of all hosts.</summary>
    /// <param name="load">The load that was asked for, checked before.</param>
    /// <param name="hosts">Short names of the hosts, <c>vm-01</c>.</param>
    /// <param name="runId">The run's id; its last part makes rooms and identities unique to the run.</param>
    /// <param name="audioPacketsPerSecond">Packets a second that are due on each audio track.</param>
    public static RunPlan Plan(
        LoadParameters load, IReadOnlyList<string> hosts, string runId, double audioPacketsPerSecond = LkFacts.AudioPacketsPerSecond)
    {
        var slots = Slots(load, hosts);
        var publishers = slots.ToLookup(slot => slot.Room, slot => slot.Mix);
        IReadOnlyList<Stage> stages = load.Stages.Count > 0 ? load.Stages : [new Stage(1, load.TestDuration)];
        var ramps = stages.Select((_, stage) => slots.Max(slot => Ramp(load, slot, Part(slot, stages, stage)))).ToList();
        var ends = stages.Select(
            (_, stage) => Enumerable.Range(0, stage + 1).Sum(earlier => ramps[earlier] + stages[earlier].Hold.TotalSeconds)).ToList();

        PlannedProcess Planned(Slot slot, int stage)
        {
            var start = stage == 0 ? 0 : ends[stage - 1];
            return Process(
                load with { TestDuration = TimeSpan.FromSeconds(ends[^1] - start - ramps[stage]) },
                slot with { Number = ((slot.Number - 1) * stages.Count) + stage + 1, Mix = Part(slot, stages, stage) },
                Tracks(publishers[slot.Room], load.Layout),
                runId) with { StartOffsetSeconds = start };
        }

        return new RunPlan
        {
            DurationSeconds = stages[^1].Hold.TotalSeconds,
            RampUpSeconds = ramps[^1],
            Own = PlanPart.Write(new PlannedMedia
            {
                Layout = load.Layout,
                VideoCodec = load.VideoCodec,
                VideoResolution = load.VideoResolution,
                AudioPacketsPerSecond = audioPacketsPerSecond,
                JoinLimitSeconds = load.JoinLimit.TotalSeconds,
            }, ParticipantsJson.Default.PlannedMedia),
            Processes = [.. slots.SelectMany(slot => stages.Select((_, stage) => Planned(slot, stage)))
                .Where(process => process.Participants > 0)],
        };
    }

    private static Mix Part(Slot slot, IReadOnlyList<Stage> stages, int index) =>
        slot.Mix.Between(index == 0 ? 0 : stages[index - 1].Share, stages[index].Share);

    private static double Ramp(LoadParameters load, Slot slot, Mix part) =>
        LkFacts.RampUpSeconds(part.Participants, load.JoinsPerSecond / slot.OfProcesses);

    /// <summary>
    /// Fewest and most tracks that a subscriber of the room can get. A layout shows a number of participants, not of tracks, and not all
    /// subscribers take the same ones: with 5 video and 10 audio publishers each gets between 7 and 11 tracks.
    /// </summary>
    private static (int Min, int Max) Tracks(IEnumerable<Mix> room, string layout)
    {
        var (withBoth, withOne) = room.Aggregate((Both: 0, One: 0), (sum, mix) => (sum.Both + mix.PublishBoth, sum.One + mix.PublishOne));
        var shown = Math.Min(LkFacts.ParticipantsShown(layout), withBoth + withOne);
        return (shown + Math.Max(0, shown - withOne), shown + Math.Min(shown, withBoth));
    }

    private static PlannedProcess Process(LoadParameters load, Slot slot, (int Min, int Max) tracks, string runId)
    {
        var room = $"loadtest-{runId}-{slot.Room:00}";
        var prefix = $"{runId[(runId.LastIndexOf('-') + 1)..]}-{slot.Host}-{slot.Number}";
        var joins = load.JoinsPerSecond / slot.OfProcesses;
        return new PlannedProcess
        {
            Host = slot.Host,
            Name = $"lk-{slot.Number}",
            Room = room,
            Participants = slot.Mix.Participants,
            DurationSeconds = load.TestDuration.TotalSeconds,
            Own = PlanPart.Write(new PlannedParticipants
            {
                IdentityPrefix = prefix,
                VideoPublishers = slot.Mix.VideoPublishers,
                AudioPublishers = slot.Mix.AudioPublishers,
                Subscribers = slot.Mix.Subscribers,
                JoinsPerSecond = joins,
                MinTracksPerSubscriber = tracks.Min,
                MaxTracksPerSubscriber = tracks.Max,
            }, ParticipantsJson.Default.PlannedParticipants),
            Arguments = LkCommandLine.LoadTest(load, slot.Mix, joins, room, prefix),
        };
    }

    /// <summary>
    /// Gives each host its rooms and splits its participants over its processes: one room each, at most 1,000 participants.
    /// </summary>
    private static List<Slot> Slots(LoadParameters load, IReadOnlyList<string> hosts)
    {
        var count = load.Rooms.Count ?? hosts.Count;
        var slots = new List<Slot>();
        for (var host = 0; host < hosts.Count; host++)
        {
            var mix = Mix.Of(load, host);
            var own = count >= hosts.Count
                ? [.. Enumerable.Range(0, count).Where(room => room % hosts.Count == host)]
                : new[] { host % count };
            var perRoom = Math.Max(1, (int)Math.Ceiling((double)mix.Participants / own.Length / MaxParticipantsPerProcess));
            var processes = own.Length * perRoom;
            slots.AddRange(Enumerable.Range(0, processes).Select(part =>
                new Slot(hosts[host], part + 1, own[part % own.Length] + 1, mix.Share(processes, part), processes)));
        }

        return slots;
    }

    private sealed record Slot(string Host, int Number, int Room, Mix Mix, int OfProcesses);
}
