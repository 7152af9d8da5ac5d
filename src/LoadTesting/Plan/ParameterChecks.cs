using System.Globalization;
using LoadTesting.Capacity;
using LoadTesting.Hosts.Settings;
using LoadTesting.LoadKinds.Participants;

namespace LoadTesting.Plan;

/// <summary>Checks parameters against each other, and the forms of those that have one, before anything is created. Pure.</summary>
public static class ParameterChecks
{
    /// <summary>Every problem there is, not only the first.</summary>
    public static IReadOnlyList<ParameterProblem> Problems(LoadTestParameters parameters) =>
    [
        .. Forms(parameters),
        .. Load(parameters),
        .. Aborts(parameters.Load),
        .. Publishing(parameters.Load, parameters.Fleet.InstanceCount),
        .. CapacityRange.Problems(parameters),
    ];

    private static IEnumerable<ParameterProblem> Forms(LoadTestParameters parameters)
    {
        var fleet = parameters.Fleet;
        if (!IsName(fleet.Name))
            yield return Problem("--fleet", fleet.Name, "1 to 40 lower-case letters, digits and dashes, a letter first, such as team-a");
        if (fleet.MinServers is { } least && least > fleet.InstanceCount)
            yield return Problem("--min-servers", least, $"at most --instance-count ({fleet.InstanceCount})");
        if (parameters is { Inventory: not null, Ssh.HostKeyCheck: HostKeyCheck.Console })
        {
            yield return Problem("--host-key-check", "console",
                "known-hosts or accept-new: what machines of an inventory print on their consoles is not seen from here");
        }

        if (parameters.HostPackages.FirstOrDefault(name => !HostPackages.IsName(name)) is { } package)
            yield return Problem("--host-packages", package, "names of packages separated by commas, or none");
        if (parameters.LiveKit.MetricsUrls is null)
            yield return Problem("--livekit-metrics-url", Secret.Stars, "URLs separated by commas, http://10.0.0.1:6789/metrics");
    }

    private static IEnumerable<ParameterProblem> Load(LoadTestParameters parameters)
    {
        var load = parameters.Load;
        var mix = Mix.Of(load);
        if (load.SubscribersPerVm is null && mix.Subscribers < 0)
        {
            yield return Problem("--audio-publishers-per-vm/--video-publishers-per-vm", Math.Max(mix.AudioPublishers, mix.VideoPublishers),
                $"at most as many publishers as participants (--participants-per-vm {load.ParticipantsPerVm})");
        }

        var participants = (long)mix.Participants * parameters.Fleet.InstanceCount;
        if (load.Rooms.Count is { } rooms && (rooms < 1 || rooms > participants))
            yield return Problem("--rooms", rooms, $"one-per-vm, shared, or a number from 1 to all {participants} participants");

        var rampUp = LoadPlanner.RampUpSeconds(mix.Participants, load.JoinsPerSecond);
        if (load.Stages.Count == 0 && rampUp > load.TestDuration.TotalSeconds)
        {
            var ramp = FormattableString.Invariant(
                $"{Math.Ceiling(rampUp)}s for {mix.Participants} participants at {load.JoinsPerSecond} per second");
            yield return Problem("--test-duration", new Duration(load.TestDuration), $"at least as long as the ramp-up, {ramp}");
        }
    }

    private static IEnumerable<ParameterProblem> Publishing(LoadParameters load, int servers)
    {
        if (load.PublishingVms is { } publishing && (publishing > servers || (load.Rooms.Count ?? servers) > publishing))
        {
            yield return Problem("--publishing-vms", publishing,
                $"a whole number from 1 to --instance-count ({servers}), and no more --rooms than that: others have no publisher");
        }
    }

    private static IReadOnlyList<ParameterProblem> Aborts(LoadParameters load)
    {
        AbortCondition.Parse(load.AbortWhen, out var problems);
        return problems;
    }

    /// <summary>A fleet's name becomes part of server names, which are host names, and of tags, which hold no comma or slash.</summary>
    private static bool IsName(string name) =>
        name.Length is > 0 and <= 40 && char.IsAsciiLetterLower(name[0]) && !name.EndsWith('-')
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    private static ParameterProblem Problem(string parameter, object given, string expected) =>
        new(parameter, Convert.ToString(given, CultureInfo.InvariantCulture) ?? "", expected);
}
