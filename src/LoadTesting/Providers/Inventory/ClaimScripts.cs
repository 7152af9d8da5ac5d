using LoadTesting.Hosts.Agent;
using LoadTesting.Hosts.Settings;

namespace LoadTesting.Providers.Inventory;

/// <summary><c>claim.sh</c>: what is run on machines that were there before us and are there after us. Pure.</summary>
internal static class ClaimScripts
{
    private static readonly HostScript Script = new("claim.sh");

    /// <summary>Reports what keeps the machine from being a load generator, and whose it is now; makes it ours when nothing does.</summary>
    public static string Claim(FleetParameters fleet) => Text("claim", fleet);

    /// <summary>Prints whose the machine is: fleet and controller.</summary>
    public static string Whose => $"cat {HostAgent.Home}/mark";

    /// <summary>Ends what runs, puts settings back as Configure found them and removes our files.</summary>
    public static string Release(FleetParameters fleet) =>
        Text("release", fleet, HostSetting.All.Where(setting => setting.IsOurFile).Select(setting => setting.Files));

    /// <summary>The problems and warnings that the script reported.</summary>
    /// <exception cref="LoadTestException">It did not reach its end.</exception>
    public static IReadOnlyList<(string Kind, string Text)> Parse(ShellResult result)
    {
        var output = result.Lines.Select(line => line.Split('\t', 2)).ToList();
        return output.Any(words => words is ["done"])
            ? [.. output.Where(words => words.Length == 2).Select(words => (words[0], words[1]))]
            : throw new LoadTestException($"it does not run bash scripts: {(result.Error.Length > 0 ? result.Error : result.Text).Trim()}");
    }

    private static string Text(string command, FleetParameters fleet, params IEnumerable<string> files) =>
        Script.With([HostAgent.Home, command, $"{fleet.Name} {fleet.Controller}", fleet.TakeOver ? "yes" : "no", .. files]);
}
