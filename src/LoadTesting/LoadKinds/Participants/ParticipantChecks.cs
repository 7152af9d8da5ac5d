using Reporting.Raw.Lk;
using System.Globalization;
using static System.FormattableString;

namespace LoadTesting.LoadKinds.Participants;

/// <summary>Checks the parameters of a load of participants. Pure.</summary>
internal static class ParticipantChecks
{
    private const double MostJoinsPerSecond = 10;

    /// <summary>Every problem there is, not only the first.</summary>
    public static IEnumerable<ParameterProblem> Problems(LoadTestParameters parameters) =>
        Counts(parameters).Concat(Publishing(parameters.Load, parameters.Fleet.InstanceCount));

    private static IEnumerable<ParameterProblem> Counts(LoadTestParameters parameters)
    {
        var load = parameters.Load;
        if (load.ParticipantsPerVm < 1)
            yield return Problem("--participants-per-vm", load.ParticipantsPerVm, "a whole number, 1 or more");
        if (load.JoinsPerSecond is not (> 0 and <= MostJoinsPerSecond))
            yield return Problem("--joins-per-second", load.JoinsPerSecond,
                "a number above 0, at most 10: lk silently joins no faster than 10 a second");
        foreach (var (name, value) in Publishers(load).Where(count => count.Value < 0))
            yield return Problem(name, value!, "a whole number, 0 or more");

        var mix = Mix.Of(load);
        if (load.ParticipantsPerVm > 0 && load.SubscribersPerVm is null && mix.Subscribers < 0)
        {
            yield return Problem("--audio-publishers-per-vm/--video-publishers-per-vm", Math.Max(mix.AudioPublishers, mix.VideoPublishers),
                $"at most as many publishers as participants (--participants-per-vm {load.ParticipantsPerVm})");
        }

        var servers = Math.Max(1, parameters.Fleet.InstanceCount);
        var participants = (long)mix.Participants * servers;
        if (load.Rooms.Count is { } rooms && (rooms < 1 || rooms > participants))
            yield return Problem("--rooms", rooms, $"one-per-vm, shared, or a number from 1 to all {participants} participants");

        var rampUp = LkFacts.RampUpSeconds(mix.Participants, load.JoinsPerSecond);
        if (load is { Stages.Count: 0, TestDuration.Ticks: > 0, JoinsPerSecond: > 0 } && rampUp > load.TestDuration.TotalSeconds)
        {
            yield return Problem("--test-duration", new Duration(load.TestDuration),
                $"at least as long as the ramp-up, {Math.Ceiling(rampUp)}s for {mix.Participants} participants a VM "
                + $"at {load.JoinsPerSecond} joins a second");
        }
    }

    private static IEnumerable<ParameterProblem> Publishing(LoadParameters load, int servers)
    {
        if (load.PublishingVms is { } publishing && (publishing < 1 || publishing > servers || (load.Rooms.Count ?? servers) > publishing))
        {
            yield return Problem("--publishing-vms", publishing,
                $"a whole number from 1 to --instance-count ({servers}), and no more --rooms than that: "
                + "a room in which nobody publishes measures nothing");
        }
    }

    private static IEnumerable<(string Name, int? Value)> Publishers(LoadParameters load) =>
    [
        ("--audio-publishers-per-vm", load.AudioPublishersPerVm),
        ("--video-publishers-per-vm", load.VideoPublishersPerVm),
        ("--subscribers-per-vm", load.SubscribersPerVm),
    ];

    private static ParameterProblem Problem(string parameter, object given, string expected) =>
        new(parameter, Convert.ToString(given, CultureInfo.InvariantCulture) ?? "", expected);
}
