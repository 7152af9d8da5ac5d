using LoadTesting.Capacity;
using LoadTesting.Hosts.Settings;
using LoadTesting.LoadKinds;

namespace LoadTesting.Plan;

/// <summary>Checks parameters against each other, and the forms of those that have one, before anything is created. Pure.</summary>
public static class ParameterChecks
{
    /// <summary>Every problem there is, not only the first.</summary>
    public static IReadOnlyList<ParameterProblem> Problems(LoadTestParameters parameters) =>
    [
        .. Forms(parameters), .. KnownKinds.Of(parameters.Load).Problems(parameters), .. Aborts(parameters.Load),
        .. CapacityRange.Problems(parameters),
    ];

    private static IEnumerable<ParameterProblem> Forms(LoadTestParameters parameters)
    {
        var fleet = parameters.Fleet;
        if (!IsName(fleet.Name))
            yield return Problem("--fleet", fleet.Name, "1 to 40 lower-case letters, digits and dashes, a letter first, such as team-a");
        if (fleet.MinServers is { } least && least > fleet.InstanceCount)
            yield return Problem("--min-servers", least, $"at most --instance-count ({fleet.InstanceCount})");
        if (parameters.HostPackages.FirstOrDefault(name => !HostPackages.IsName(name)) is { } package)
            yield return Problem("--host-packages", package, "names of packages separated by commas, or none");
        if (parameters.LiveKit.MetricsUrls is null)
            yield return Problem("--livekit-metrics-url", Secret.Stars, "URLs separated by commas, http://10.0.0.1:6789/metrics");
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
        new(parameter, $"{given}", expected);
}
