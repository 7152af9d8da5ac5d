using Reporting.Measuring;
using Reporting.Raw.Lk;

namespace Reporting.LoadKinds.Participants;

/// <summary>Who was not served, how many, where, when and why, a sentence for each cause.</summary>
internal static class ParticipantFindings
{
    public static IEnumerable<Finding> Of(IReadOnlyList<HostMeasures> hosts)
    {
        var people = hosts.SelectMany(host => host.Own()
            .SelectMany(process => process.Participants.Select(one => new Person(one, process, host)))).ToList();
        var rooms = people.GroupBy(person => person.Room, StringComparer.Ordinal)
            .ToDictionary(room => room.Key, room => room.Count(), StringComparer.Ordinal);
        foreach (var kind in NoOne(people))
            yield return kind;
        var limit = SubscriptionLimits.Of([.. people.Select(person => person.One)]);
        foreach (var cause in people.Where(person => person.One.Harm != Harm.None)
            .GroupBy(person => (person.One.Harm, Why: person.One.Refusal is { } text ? ErrorTexts.Normalized(text) : null)))
            yield return Limited(Hurt(cause.Key.Harm, cause.Key.Why, [.. cause], rooms), cause.Key.Harm, limit);

        if (Counted(hosts) is { } counted)
            yield return counted;

        var unknown = people.Where(person => person.One.IsUnknown).ToList();
        if (unknown.Count > 0)
            yield return new Finding(Verdict.Passed,
                $"it is not known whether {Format.Counted(unknown.Count, "participant")} "
                + $"{(unknown.Count == 1 ? "was" : "were")} served", Where(unknown));
        foreach (var noticed in LkErrors.Of(hosts).Concat(TrackShortfalls.Findings(hosts)))
            yield return noticed;
    }

    private static Finding Limited(Finding finding, Harm harm, string? limit) => harm != Harm.TooFewTracks || limit is null ? finding
        : finding with { What = $"{finding.What}: {limit}", Cause = ErrorCause.SubscriptionLimit };

    /// <summary>What LiveKit counted in rooms beside those whom lk had joined to them, where that is not the same.</summary>
    private static Finding? Counted(IReadOnlyList<HostMeasures> hosts)
    {
        var rooms = hosts.SelectMany(host => host.Own()).Where(process => process.Counted is not null)
            .GroupBy(RoomService.RoomOf, StringComparer.Ordinal)
            .Select(room => (Name: room.Key, LiveKit: room.First().Counted!.Last, Lk: room.Sum(process =>
                process.Participants.Count(one => one is { Attendance: Attendance.Joined, IsGone: false }))))
            .Where(room => room.LiveKit != room.Lk).ToList();
        return rooms.Count == 0 ? null : new Finding(Verdict.Passed,
            $"LiveKit counted {Format.Counted(rooms.Sum(room => room.LiveKit), "participant")} where lk had "
            + Invariant($"{rooms.Sum(room => room.Lk):#,0} connected, in {Format.Counted(rooms.Count, "room")}"),
            NameList.Few([.. rooms.Select(room => room.Name)]));
    }

    /// <summary>What lk reported besides failed joins; it need not have hurt any participant.</summary>
    public static IReadOnlyList<string> OfLk(MediaFigures fleet)
    {
        var said = new List<string>();
        if (fleet.LkPanics > 0)
            said.Add(Format.Counted(fleet.LkPanics, "panic"));
        if (fleet.LkFailedSubscriptions > 0)
            said.Add(Format.Counted(fleet.LkFailedSubscriptions, "failed subscription"));
        return said;
    }

    /// <summary>Media of a kind that was published and reached none of those to whom it was due.</summary>
    private static IEnumerable<Finding> NoOne(IReadOnlyList<Person> people)
    {
        var audio = OfRoomsWith(one => one.AudioTracks, people);
        if (audio.Count > 0 && audio.TrueForAll(person => !person.One.HasAudio))
            yield return Nobody("audio", audio);

        var video = OfRoomsWith(one => one.VideoTracks, people);
        if (video.Exists(person => person.One.HasVideo == false) && video.TrueForAll(person => person.One.HasVideo != true))
            yield return Nobody("video", video);
    }

    /// <summary>The subscribers of rooms in which such tracks were published.</summary>
    private static List<Person> OfRoomsWith(Func<Participant, int> tracks, IReadOnlyList<Person> people)
    {
        var rooms = people.Where(person => person.One.Role == LkRole.Publisher && tracks(person.One) > 0).Select(person => person.Room)
            .ToHashSet(StringComparer.Ordinal);
        return [.. people.Where(person => person.One is { Role: LkRole.Subscriber, IsMeasured: true } && rooms.Contains(person.Room))];
    }

    private static Finding Nobody(string kind, IReadOnlyList<Person> measured) => new(Verdict.Failed,
        $"{kind} was published and 0 % of it reached any of {Format.Counted(measured.Count, "subscriber")}", Where(measured));

    private static Finding Hurt(Harm harm, string? why, IReadOnlyList<Person> those, IReadOnlyDictionary<string, int> rooms)
    {
        var times = those.Select(person => person.HurtAt).OfType<double>().ToList();
        var cause = why is null ? null : ErrorCause.Of(why);
        return new Finding(IsGrave(harm) ? Verdict.Failed : Verdict.Passed, What(harm, why, those), Where(those, rooms))
        {
            Participants = those.Count,
            Rooms = those.Select(person => person.Room).Distinct(StringComparer.Ordinal).Count(),
            Vms = those.Select(person => person.Host.Name).Distinct(StringComparer.Ordinal).Count(),
            Cause = cause,
            NextStep = cause is not null ? null
                : why is not null ? "Look for this error in LiveKit's log, and in that of a proxy before it, at that time."
                : NextStep(harm),
            From = times.Count == 0 ? null : Starts.Instant(times.Min()),
            To = times.Count == 0 ? null : Starts.Instant(times.Max()),
        };
    }

    /// <summary>Whether it fails a run without a threshold on those served: how much and how soon, other thresholds tell.</summary>
    private static bool IsGrave(Harm harm) => harm is not (Harm.LittleAudio or Harm.LittleVideo or Harm.FailedSubscription or Harm.Late);

    private static string NextStep(Harm harm) => harm switch
    {
        Harm.NotJoined or Harm.Late =>
            "Look at LiveKit's log and processors while participants joined, or lower --joins-per-second.",
        Harm.Gone or Harm.LostRoom => "Look in LiveKit's log for why these participants lost their rooms at that time.",
        Harm.NotPublished => "Look in LiveKit's log for these publishers, and in its configuration at the codecs of rooms.",
        Harm.LittleAudio or Harm.LittleVideo =>
            "Look for lost packets between LiveKit and these VMs, and at the processors and the bandwidth of LiveKit's nodes.",
        _ => "Look in LiveKit's log for the subscriptions of these participants, and in its configuration at the codecs of rooms.",
    };

    private static string What(Harm harm, string? why, IReadOnlyList<Person> those)
    {
        var participants = Format.Counted(those.Count, "participant");
        var subscribers = Format.Counted(those.Count, "subscriber");
        return harm switch
        {
            Harm.NotJoined when why is not null =>
                $"{participants} could not join: {SanitizedText.Quoted(why)}"
                + $"{(ErrorCause.Of(why) is null ? " (an error that is not known)" : "")}",
            Harm.NotJoined => NotJoined(those),
            Harm.Gone => $"{participants} lost {(those.Count == 1 ? "its" : "their")} room and did not come back",
            Harm.LostRoom => $"{participants} lost {(those.Count == 1 ? "its" : "their")} room and came back",
            Harm.NotPublished => $"{Format.Counted(those.Count, "publisher")} did not publish all that was planned",
            Harm.NoTrack => $"{subscribers} got no track",
            Harm.NoAudio => $"{subscribers} got no audio",
            Harm.NoVideo => $"{subscribers} got no video",
            Harm.TooFewTracks => $"{subscribers} got fewer tracks than were due",
            Harm.LittleAudio => Little(subscribers, "audio", RoomService.LeastAudio, those, one => one.AudioShare),
            Harm.LittleVideo => Little(subscribers, "video", RoomService.LeastVideo, those, one => one.Video.Share),
            Harm.FailedSubscription => $"{subscribers} never got a track whose subscription had failed",
            _ => $"{participants} joined too late: {Waited(those)}",
        };
    }

    private static string NotJoined(IReadOnlyList<Person> those)
    {
        var processes = those.Select(person => person.Process).Distinct().ToList();
        var after = processes.Select(process => process.Run?.EndedAt - process.Run?.StartedAt).Max();
        return Invariant($"{those.Count:#,0} of {Format.Counted(processes.Sum(process => process.Participants.Count), "participant")} ")
            + $"had not joined when lk was ended{(after is { } time ? Invariant($" after {time.TotalSeconds:0} s") : "")}";
    }

    private static string Little(
        string subscribers, string kind, double least, IReadOnlyList<Person> those, Func<Participant, double?> share) =>
        $"{subscribers} got less than {Format.Show(least, Unit.Ratio)} of the {kind} due to each: {Median(those, share, Unit.Ratio)}";

    private static string Median(IReadOnlyList<Person> those, Func<Participant, double?> value, Unit unit) =>
        Format.Show(Distribution.Of(those.Select(person => value(person.One)).OfType<double>()).Percentile(0.5), unit)
        + (those.Count == 1 ? "" : " in the median");

    private static string Waited(IReadOnlyList<Person> those)
    {
        var (median, most) = (Median(those, one => one.JoinSeconds, Unit.Seconds),
            Format.Show(those.Max(person => person.One.JoinSeconds), Unit.Seconds));
        return median.StartsWith(most, StringComparison.Ordinal) ? most : $"{median}, {most} at most";
    }

    private static string Where(IReadOnlyList<Person> those) =>
        NameList.Few([.. those.Select(person => person.Host.Name).Distinct(StringComparer.Ordinal)]);

    /// <summary>The hosts, and the rooms all of whose participants it hurt.</summary>
    private static string Where(IReadOnlyList<Person> those, IReadOnlyDictionary<string, int> rooms)
    {
        var whole = those.GroupBy(person => person.Room, StringComparer.Ordinal).Where(room => room.Count() == rooms[room.Key])
            .Select(room => room.Key).ToList();
        return Where(those) + whole.Count switch
        {
            0 => "",
            1 => $", the whole room {whole[0]}",
            var count => Invariant($", {count:#,0} whole rooms"),
        };
    }

    /// <summary>A participant and where it was.</summary>
    private sealed record Person(Participant One, ParticipantMeasures Process, HostMeasures Host)
    {
        public string Room => Process.Plan.Room ?? $"{Process.Plan.Host} {Process.Plan.Name}";

        /// <summary>On the controller's clock.</summary>
        public double? HurtAt => One.HurtAt - Host.ClockOffset;
    }
}
