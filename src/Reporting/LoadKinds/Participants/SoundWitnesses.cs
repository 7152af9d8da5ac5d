using Reporting.Measuring;

namespace Reporting.LoadKinds.Participants;

/// <summary>
/// The participants that bear witness when some load generators do not: those on other hosts. What they received proves nothing where the
/// publishers of their room were on a doubtful host; that they could not join, or lost the room, does.
/// </summary>
internal static class SoundWitnesses
{
    public static IReadOnlyList<HostMeasures> Without(IReadOnlySet<string> doubtful, IReadOnlyList<HostMeasures> hosts)
    {
        var fed = hosts.Where(host => doubtful.Contains(host.Name))
            .SelectMany(host => host.Processes.Cast<ParticipantMeasures>())
            .Where(process => process.Expected is { AudioPublishers: > 0 } or { VideoPublishers: > 0 })
            .Select(RoomService.RoomOf).ToHashSet(StringComparer.Ordinal);
        return [.. hosts.Where(host => !doubtful.Contains(host.Name)).Select(host => host with
        {
            Processes = [.. host.Processes.Cast<ParticipantMeasures>().Select(process =>
                fed.Contains(RoomService.RoomOf(process)) ? WithoutMedia(process) : process)],
            Stalls = host.Processes.Cast<ParticipantMeasures>().Any(process => fed.Contains(RoomService.RoomOf(process)))
                ? null
                : host.Stalls,
        })];
    }

    private static ParticipantMeasures WithoutMedia(ParticipantMeasures process) => process with
    {
        Participants = [.. process.Participants.Select(one =>
            one.Harm is Harm.NotJoined or Harm.Gone or Harm.LostRoom or Harm.NotPublished ? one
            : one with
            {
                Harm = Harm.None, IsStarved = false, IsMeasured = false, HasRow = false, SeenAt = null, Audio = default, Video = default,
            })],
        Packets = 0,
        Dropped = 0,
    };
}
