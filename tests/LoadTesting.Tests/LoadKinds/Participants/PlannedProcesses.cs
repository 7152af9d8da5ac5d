using Reporting.LoadKinds.Participants;
using Reporting.Raw.Manifest;

namespace LoadTesting.Tests.LoadKinds.Participants;

internal static class PlannedProcesses
{
    /// <summary>What is expected of a process of participants.</summary>
    public static PlannedParticipants Expected(this PlannedProcess process) => process.Read(ParticipantsJson.Default.PlannedParticipants);
}
