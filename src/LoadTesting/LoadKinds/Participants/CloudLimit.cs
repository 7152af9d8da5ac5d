using Reporting.LoadKinds.Participants;

namespace LoadTesting.LoadKinds.Participants;

/// <summary>What lk refuses against LiveKit Cloud, whose terms forbid load tests: more than 50 of any role in a process (livekit-cli,
/// pkg/loadtester/loadtest.go). Pure.</summary>
internal static class CloudLimit
{
    private const int Most = 50;
    private const string Domain = ".livekit.cloud";

    /// <summary>The problem of a plan; null when it has none, or LiveKit is no LiveKit Cloud.</summary>
    public static ParameterProblem? Problem(string? url, RunPlan plan)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var liveKit) || !liveKit.Host.EndsWith(Domain, OrdinalIgnoreCase))
            return null;

        var largest = plan.Processes.Select(process => process.Read(ParticipantsJson.Default.PlannedParticipants))
            .Max(planned => Math.Max(planned.Subscribers, Math.Max(planned.AudioPublishers, planned.VideoPublishers)));
        return largest <= Most ? null : new ParameterProblem("--participants-per-vm", $"{largest} of one role in an lk process",
            $"at most {Most} subscribers, audio publishers and video publishers in each lk process: lk refuses more against LiveKit Cloud "
            + $"({liveKit.Host}), whose terms forbid load tests");
    }
}
