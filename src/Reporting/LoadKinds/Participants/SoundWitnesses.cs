using Reporting.Measuring;
using Reporting.Raw.Lk;

namespace Reporting.LoadKinds.Participants;

/// <summary>
/// The participants that bear witness when some load generators do not: those on other hosts. What they received proves nothing where the
/// publishers of their room were on a doubtful host; that they could not join, or lost the room, does. Of a host whose doubt is about
/// received media alone those whom LiveKit refused remain; where lk stopped reading some tracks, all but as many of its subscribers.
/// </summary>
internal static class SoundWitnesses
{
    public static IReadOnlyList<HostMeasures> Without(IReadOnlySet<string> doubtful, IReadOnlyList<HostMeasures> hosts)
    {
        var fed = hosts.Where(host => doubtful.Contains(host.Name) && host.TracksInDoubt is null)
            .SelectMany(host => host.Own())
            .Where(process => process.Expected is { AudioPublishers: > 0 } or { VideoPublishers: > 0 })
            .Select(RoomService.RoomOf).ToHashSet(StringComparer.Ordinal);
        var sampled = hosts.Any(host => host.Generator.HostsMeasured > 0);
        return [.. hosts.Select(host => !doubtful.Contains(host.Name) ? Fed(host, fed)
            : host.UnsampledSeconds is not null || (sampled && host.Generator.HostsMeasured == 0) ? null
            : host.TracksInDoubt is { } tracks ? Fed(WithoutWorst(host, tracks), fed)
            : HasRefusals(host) ? OnlyRefusals(host) : null).OfType<HostMeasures>()];
    }

    /// <summary>Without the media from rooms whose publishers are in doubt.</summary>
    private static HostMeasures Fed(HostMeasures host, HashSet<string> fed) =>
        host.With(process => fed.Contains(RoomService.RoomOf(process)) ? WithoutMedia(process) : process) with
        {
            Stalls = host.Own().Any(process => fed.Contains(RoomService.RoomOf(process))) ? null : host.Stalls,
        };

    /// <summary>Without the media of as many subscribers, those who got least: each unread track is one of one of them.</summary>
    private static HostMeasures WithoutWorst(HostMeasures host, int tracks)
    {
        var worst = host.Own().SelectMany(process => process.Received)
            .OrderBy(one => Math.Min(one.AudioShare ?? 1, one.Video.Share ?? 1)).Take(tracks)
            .ToHashSet<Participant>(ReferenceEqualityComparer.Instance);
        return host.With(process => process with
        {
            Participants = [.. process.Participants.Select(one => worst.Contains(one) ? WithoutMedia(one) : one)],
        });
    }

    private static bool HasRefusals(HostMeasures host) => host.DoubtsMediaAlone
        && host.Own().Any(process => process.Participants.Any(IsRefused));

    private static bool IsRefused(Participant one) => one.Refusal is { } error && ErrorCause.Of(error) is { IsRefusal: true };

    /// <summary>At best all others were served.</summary>
    private static HostMeasures OnlyRefusals(HostMeasures host) => host.With(process => WithoutMedia(process) with
    {
        Participants = [.. process.Participants.Select(one => IsRefused(one) ? one : one with
        {
            Attendance = Attendance.Joined, Harm = Harm.None, IsGone = false, CameBack = false, IsStarved = false, IsMeasured = true,
            HasRow = false, SeenAt = null, Audio = default, Video = default, HasAudio = true, HasVideo = true,
        })],
    }) with { Stalls = null };

    private static ParticipantMeasures WithoutMedia(ParticipantMeasures process) => process with
    {
        Participants = [.. process.Participants.Select(WithoutMedia)],
        Packets = 0,
        Dropped = 0,
    };

    private static Participant WithoutMedia(Participant one) =>
        one.Harm is Harm.NotJoined or Harm.Gone or Harm.LostRoom or Harm.NotPublished ? one
        : one with
        {
            Harm = Harm.None, IsStarved = false, IsMeasured = false, HasRow = false, SeenAt = null, Audio = default, Video = default,
        };
}
