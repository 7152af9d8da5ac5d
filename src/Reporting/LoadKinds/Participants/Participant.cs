using Reporting.Measuring;

namespace Reporting.LoadKinds.Participants;

/// <summary>Whether a participant joined.</summary>
internal enum Attendance : byte
{
    /// <summary>Nothing is known of it.</summary>
    Unknown,

    /// <summary>It did not join: it gave up, or had not joined in time when lk was ended.</summary>
    Absent,

    /// <summary>It joined.</summary>
    Joined,
}

/// <summary>Why a participant was not served, the gravest first; one that fits several has the first of them.</summary>
internal enum Harm : byte
{
    /// <summary>It was served, or nothing is known of it.</summary>
    None,

    /// <summary>It did not join.</summary>
    NotJoined,

    /// <summary>It lost its room and did not come back.</summary>
    Gone,

    /// <summary>It lost its room and came back.</summary>
    LostRoom,

    /// <summary>It published less than it was to.</summary>
    NotPublished,

    /// <summary>It got no track at all.</summary>
    NoTrack,

    /// <summary>It got no audio, though it was due.</summary>
    NoAudio,

    /// <summary>It got no video, though it was due.</summary>
    NoVideo,

    /// <summary>It got fewer tracks than were due.</summary>
    TooFewTracks,

    /// <summary>It got too little of its audio.</summary>
    LittleAudio,

    /// <summary>It got too little of its video.</summary>
    LittleVideo,

    /// <summary>It never got a track whose subscription had failed.</summary>
    FailedSubscription,

    /// <summary>It joined too long after its turn.</summary>
    Late,
}

/// <summary>
/// One planned participant and what became of it. Instants are on the host's clock; what was not measured is null. What its room
/// owes it is known only when all processes are read: <see cref="RoomService"/> adds it.
/// </summary>
internal sealed record Participant
{
    public required LkRole Role { get; init; }

    public Attendance Attendance { get; init; }

    /// <summary>Why it gave up joining, in lk's words; null when lk gave no reason.</summary>
    public string? Refusal { get; init; }

    /// <summary>When its turn to join came.</summary>
    public double? DueAt { get; init; }

    /// <summary>When it was first seen in its room: it publishes, or has its first track.</summary>
    public double? SeenAt { get; init; }

    /// <summary>When it gave up, came back to a room that it had lost, or lost one for good.</summary>
    public double? HurtAt { get; init; }

    /// <summary>Whether it lost its room and came back.</summary>
    public bool CameBack { get; init; }

    /// <summary>Whether it lost its room and did not come back.</summary>
    public bool IsGone { get; init; }

    /// <summary>
    /// When the last of its audio came, where it all came before that and its tracks agree about it; null when they do not, or when it had
    /// none.
    /// </summary>
    public double? AudioUntil { get; init; }

    /// <summary>Whether it came back to other tracks alone, so that those who publish in its room had lost it too.</summary>
    public bool IsBackToOthers { get; init; }

    /// <summary>Whether the tables have a row of it.</summary>
    public bool HasRow { get; init; }

    /// <summary>Whether all that it did is known: lk wrote all of its tables.</summary>
    public bool IsMeasured { get; init; }

    /// <summary>Tracks of each kind that it published, or received at the end.</summary>
    public int AudioTracks { get; init; }

    /// <summary>The same of video.</summary>
    public int VideoTracks { get; init; }

    /// <summary>Fewest audio tracks that its room owed it, where it got fewer of either kind.</summary>
    public int AudioTracksDue { get; init; }

    /// <summary>The same of video.</summary>
    public int VideoTracksDue { get; init; }

    /// <summary>Audio packets of those due.</summary>
    public Delivery Audio { get; init; }

    /// <summary>Audio packets that may have come and were held back by lk.</summary>
    public double AudioHeldBack { get; init; }

    /// <summary>Video packets of those due.</summary>
    public Delivery Video { get; init; }

    /// <summary>Whether any audio came.</summary>
    public bool HasAudio { get; init; }

    /// <summary>Whether any video came; null where no frame can have come yet.</summary>
    public bool? HasVideo { get; init; }

    /// <summary>Tracks it was ever subscribed to, in lk's count.</summary>
    public int Tracks { get; init; }

    /// <summary>Payload received, in bits a second; null when lk gave no number.</summary>
    public double? BitsPerSecond { get; init; }

    /// <summary>Packets received.</summary>
    public long Packets { get; init; }

    /// <summary>What its jitter buffers dropped.</summary>
    public long Dropped { get; init; }

    /// <summary>Tracks whose subscription failed and that it never got.</summary>
    public int FailedSubscriptions { get; init; }

    /// <summary>Why it was not served; none when it was, or when that is not known.</summary>
    public Harm Harm { get; init; }

    /// <summary>Whether it got nothing of a kind that was due to it.</summary>
    public bool IsStarved { get; init; }

    /// <summary>What it got of its audio, without what lk may have held back; null when none was due.</summary>
    public double? AudioShare => new Delivery(Audio.Received, Audio.Due - AudioHeldBack).Share;

    /// <summary>From its turn to its first sign of life, in seconds.</summary>
    public double? JoinSeconds => SeenAt - DueAt is { } seconds ? Math.Max(0, seconds) : null;

    /// <summary>Whether it is not known if it was served.</summary>
    public bool IsUnknown => Harm == Harm.None && (Attendance == Attendance.Unknown || !IsMeasured);

    /// <summary>Whether it was served.</summary>
    public bool IsServed => Harm == Harm.None && !IsUnknown;
}
