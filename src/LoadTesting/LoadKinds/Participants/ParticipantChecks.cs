using Reporting.Raw.Lk;

namespace LoadTesting.LoadKinds.Participants;

/// <summary>Checks the parameters of a load of participants against each other. Pure.</summary>
internal static class ParticipantChecks
{
    /// <summary>Every problem there is, not only the first.</summary>
    public static IEnumerable<ParameterProblem> Problems(LoadTestParameters parameters)
    {
        var (load, servers) = (parameters.Load, parameters.Fleet.InstanceCount);
        var mix = Mix.Of(load);
        if (load.SubscribersPerVm is null && mix.Subscribers < 0)
        {
            yield return Problem("--audio-publishers-per-vm/--video-publishers-per-vm", Math.Max(mix.AudioPublishers, mix.VideoPublishers),
                $"at most as many publishers as participants (--participants-per-vm {load.ParticipantsPerVm})");
        }

        var participants = (long)mix.Participants * servers;
        if (load.Rooms.Count is { } rooms && (rooms < 1 || rooms > participants))
            yield return Problem("--rooms", rooms, $"one-per-vm, shared, or a number from 1 to all {participants} participants");

        var rampUp = LkFacts.RampUpSeconds(mix.Participants, load.JoinsPerSecond);
        if (load.Stages.Count == 0 && rampUp > load.TestDuration.TotalSeconds)
        {
            yield return Problem("--test-duration", new Duration(load.TestDuration), "at least as long as the ramp-up, "
                + $"{Math.Ceiling(rampUp)}s for {mix.Participants} participants at {load.JoinsPerSecond} per second");
        }

        if (load.PublishingVms is { } publishing && (publishing > servers || (load.Rooms.Count ?? servers) > publishing))
        {
            yield return Problem("--publishing-vms", publishing,
                $"a whole number from 1 to --instance-count ({servers}), and no more --rooms than that: others have no publisher");
        }
    }

    private static ParameterProblem Problem(string parameter, object given, string expected) => new(parameter, $"{given}", expected);
}
