using LoadTesting.Capacity;
using LoadTesting.Hosts.Settings;
using LoadTesting.LoadKinds.Participants;
using Reporting.Raw.Lk;

namespace LoadTesting.Plan;

/// <summary>Checks parameters one by one and against each other, before anything is created. Pure.</summary>
public static class ParameterChecks
{
    private const int MostServers = 10_000;

    /// <summary>Every problem there is, not only the first.</summary>
    public static IReadOnlyList<ParameterProblem> Problems(LoadTestParameters parameters) =>
        [.. Single(parameters).Concat(Load(parameters)).Concat(Names(parameters.Fleet)).Concat(Aborts(parameters.Load)).Concat(Publishing(parameters.Load, parameters.Fleet.InstanceCount)).Concat(CapacityRange.Problems(parameters))];

    private static IEnumerable<ParameterProblem> Single(LoadTestParameters parameters)
    {
        var (fleet, load) = (parameters.Fleet, parameters.Load);
        if (fleet.InstanceCount is < 1 or > MostServers)
            yield return Problem("--instance-count", fleet.InstanceCount, $"a whole number from 1 to {MostServers}");
        if (fleet.MinServers is { } least && (least < 1 || least > fleet.InstanceCount))
            yield return Problem("--min-servers", least, $"a whole number from 1 to --instance-count ({fleet.InstanceCount})");
        if (parameters is { Inventory: not null, Ssh.HostKeyCheck: HostKeyCheck.Console })
            yield return Problem("--host-key-check", "console", "known-hosts or accept-new: what machines of an inventory print on their consoles is not seen from here");
        if (parameters.HostPackages.FirstOrDefault(name => !HostPackages.IsName(name)) is { } package)
            yield return Problem("--host-packages", package, "names of packages separated by commas, or none");
        if (fleet.PricePerHour < 0)
            yield return Problem("--price-per-hour", fleet.PricePerHour, "a price, 0 or more");
        if (fleet.ExpiresAfter <= TimeSpan.Zero)
            yield return Problem("--expires-after", new Duration(fleet.ExpiresAfter), "a duration above zero such as 4h");
        if (load.ParticipantsPerVm < 1)
            yield return Problem("--participants-per-vm", load.ParticipantsPerVm, "a whole number, 1 or more");
        if (load.JoinsPerSecond is not (> 0 and <= LkFacts.MaxJoinsPerSecond))
            yield return Problem("--joins-per-second", load.JoinsPerSecond, $"a number above 0, at most {LkFacts.MaxJoinsPerSecond}: lk silently joins no faster");
        if (parameters.LiveKit.MonitorInterval < TimeSpan.FromSeconds(1))
            yield return Problem("--monitor-interval", new Duration(parameters.LiveKit.MonitorInterval), "a duration of at least 1s: the cluster is looked at, not loaded");
        if (parameters.LiveKit.MetricsUrls is null)
            yield return Problem("--livekit-metrics-url", Secret.Stars, "URLs separated by commas, http://10.0.0.1:6789/metrics");
        if (load.TestDuration <= TimeSpan.Zero)
            yield return Problem("--test-duration", new Duration(load.TestDuration), "a duration above zero: lk takes 0 for 1000 hours");
    }

    private static IEnumerable<ParameterProblem> Load(LoadTestParameters parameters)
    {
        var load = parameters.Load;
        foreach (var (name, value) in Counts(load).Where(count => count.Value < 0))
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
        if (load.Stages.Count == 0 && load.TestDuration > TimeSpan.Zero && load.JoinsPerSecond > 0 && rampUp > load.TestDuration.TotalSeconds)
        {
            yield return Problem("--test-duration", new Duration(load.TestDuration), $"at least as long as the ramp-up, {Math.Ceiling(rampUp)}s for {mix.Participants} participants a VM at {load.JoinsPerSecond} joins a second");
        }
    }

    private static IEnumerable<ParameterProblem> Publishing(LoadParameters load, int servers)
    {
        if (load.PublishingVms is { } publishing && (publishing < 1 || publishing > servers || (load.Rooms.Count ?? servers) > publishing))
        {
            yield return Problem("--publishing-vms", publishing,
                $"a whole number from 1 to --instance-count ({servers}), and no more --rooms than that: a room in which nobody publishes measures nothing");
        }
    }

    private static IReadOnlyList<ParameterProblem> Aborts(LoadParameters load)
    {
        AbortCondition.Parse(load.AbortWhen, out var problems);
        return problems;
    }

    /// <summary>A fleet's name becomes part of server names, which are host names, and of tags, which hold no comma or slash.</summary>
    private static IEnumerable<ParameterProblem> Names(FleetParameters fleet)
    {
        var good = fleet.Name.Length is > 0 and <= 40 && char.IsAsciiLetterLower(fleet.Name[0]) && !fleet.Name.EndsWith('-')
            && fleet.Name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
        if (!good)
            yield return Problem("--fleet", fleet.Name, "1 to 40 lower-case letters, digits and dashes, beginning with a letter, such as livekit-loadtest");
    }

    private static IEnumerable<(string Name, int? Value)> Counts(LoadParameters load) =>
    [
        ("--audio-publishers-per-vm", load.AudioPublishersPerVm),
        ("--video-publishers-per-vm", load.VideoPublishersPerVm),
        ("--subscribers-per-vm", load.SubscribersPerVm),
    ];

    private static ParameterProblem Problem(string parameter, object given, string expected) =>
        new(parameter, $"{given}", expected);
}
