using Reporting.Measuring;

namespace Reporting.LoadKinds.Participants;

/// <summary>Hosts whose processes are those of this kind.</summary>
internal static class HostsOfParticipants
{
    /// <summary>Its processes.</summary>
    public static IEnumerable<ParticipantMeasures> Own(this HostMeasures host) => host.Processes.Cast<ParticipantMeasures>();

    /// <summary>The same host, each of whose processes was changed.</summary>
    public static HostMeasures With(this HostMeasures host, Func<ParticipantMeasures, ParticipantMeasures> change) =>
        host with { Processes = [.. host.Own().Select(change)] };
}
