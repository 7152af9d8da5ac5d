using LoadTesting.Capacity;
using LoadTesting.Hosts.Settings;
using LoadTesting.LoadKinds;

namespace LoadTesting.Plan;

/// <summary>Checks parameters one by one and against each other, before anything is created. Pure.</summary>
public static class ParameterChecks
{
    private const int MostServers = 10_000;

    /// <summary>Every problem there is, not only the first.</summary>
    public static IReadOnlyList<ParameterProblem> Problems(LoadTestParameters parameters) =>
    [
        .. Single(parameters), .. KnownKinds.Of(parameters.Load).Problems(parameters), .. Names(parameters.Fleet), .. Aborts(parameters.Load),
        .. CapacityRange.Problems(parameters),
    ];

    private static IEnumerable<ParameterProblem> Single(LoadTestParameters parameters)
    {
        var fleet = parameters.Fleet;
        if (fleet.InstanceCount is < 1 or > MostServers)
            yield return Problem("--instance-count", fleet.InstanceCount, $"a whole number from 1 to {MostServers}");
        if (fleet.MinServers is { } least && (least < 1 || least > fleet.InstanceCount))
            yield return Problem("--min-servers", least, $"a whole number from 1 to --instance-count ({fleet.InstanceCount})");
        if (parameters.HostPackages.FirstOrDefault(name => !HostPackages.IsName(name)) is { } package)
            yield return Problem("--host-packages", package, "names of packages separated by commas, or none");
        if (fleet.PricePerHour < 0)
            yield return Problem("--price-per-hour", fleet.PricePerHour, "a price, 0 or more");
        if (fleet.ExpiresAfter <= TimeSpan.Zero)
            yield return Problem("--expires-after", new Duration(fleet.ExpiresAfter), "a duration above zero such as 4h");
        if (parameters.LiveKit.MonitorInterval < TimeSpan.FromSeconds(1))
            yield return Problem("--monitor-interval", new Duration(parameters.LiveKit.MonitorInterval), "a duration of at least 1s: the cluster is looked at, not loaded");
        if (parameters.LiveKit.MetricsUrls is null)
            yield return Problem("--livekit-metrics-url", Secret.Stars, "URLs separated by commas, http://10.0.0.1:6789/metrics");
        if (parameters.Load.TestDuration <= TimeSpan.Zero)
            yield return Problem("--test-duration", new Duration(parameters.Load.TestDuration), "a duration above zero: lk takes 0 for 1000 hours");
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

    private static ParameterProblem Problem(string parameter, object given, string expected) =>
        new(parameter, $"{given}", expected);
}
