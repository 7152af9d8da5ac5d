using LoadTesting.Hosts.Agent;

namespace LoadTesting.Hosts.Settings;

/// <summary>
/// <c>configure.sh</c>: the one script that brings a host into the wanted state, loadtest-host included, and reports what it found, did and
/// read back. Pure.
/// </summary>
public static class ConfigureScript
{
    private const string Lk = $"{HostAgent.Home}/bin/lk";
    private const string Agent = $"{HostAgent.Home}/loadtest-host";
    private static readonly HostScript Script = new("configure.sh");
    private static readonly HostScript Writer = new("write-settings.sh");
    private static readonly HostScript Installer = new("install-packages.sh");

    /// <summary>The script: begins to install packages, writes the settings that differ, also for the next boot, and facts.json.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="packages">Packages for people who log in.</param>
    public static string Text(IReadOnlyList<HostSetting> settings, IReadOnlyList<string> packages) => Script.With(
    [
        HostAgent.Home, HostAgent.Text, Writer.Text, Installer.Text, packages.Count.ToString(), .. packages,
        .. settings.SelectMany(setting => new[] { setting.Name, setting.Files, setting.Wanted, setting.OrMore ? "more" : "exactly" }),
    ]);

    /// <summary>Reads the script's answer.</summary>
    public static ConfiguredHost Parse(ShellResult result)
    {
        var settings = new List<SettingResult>();
        var whys = new Dictionary<string, string>();
        string? lk = null, packages = null;
        var (machine, agent) = ("", false);
        var tried = "";
        foreach (var line in result.Lines)
        {
            switch (line.Split('\t'))
            {
                case ["try", var name]:
                    tried = name;
                    break;
                case ["setting", var name, var before, var after]:
                    settings.Add(Setting(name, before, after, whys.GetValueOrDefault(name) ?? whys.GetValueOrDefault("")));
                    break;
                case ["packages", var names]:
                    packages = names;
                    break;
                case ["machine", var architecture]:
                    machine = architecture;
                    break;
                case ["installed", Agent]:
                    agent = true;
                    break;
                case ["done"]:
                    return new ConfiguredHost(settings, machine, lk, agent, packages);
                case [var text] when text.EndsWith($"  {Lk}", Ordinal):
                    lk = text.Split(' ')[0];
                    break;
                case [var complaint]:
                    whys[tried] = complaint[(complaint.LastIndexOf(": ", Ordinal) is var at and >= 0 ? at + 2 : 0)..];
                    break;
            }
        }

        throw new LoadTestException($"could not be configured: {(result.Error.Length > 0 ? result.Error.Trim() : result.Text.Trim())}");
    }

    private static SettingResult Setting(string name, string before, string after, string? why)
    {
        var met = HostSetting.ByName.TryGetValue(name, out var setting) && setting.IsMet(after);
        var outcome = !met ? SettingOutcome.NotPossible : setting!.IsMet(before) ? SettingOutcome.AlreadySo : SettingOutcome.Applied;
        return new SettingResult(
            name, outcome, before == "-" ? null : before,
            met ? null : why ?? (after == "-" ? "not supported by this kernel" : $"it stays at {after}"));
    }
}

/// <summary>A host after Configure.</summary>
/// <param name="Settings">Its settings, read back.</param>
/// <param name="Architecture">Its architecture, as <c>uname -m</c> prints it.</param>
/// <param name="LkSha256">SHA-256 of the lk that it has; null when it has none.</param>
/// <param name="AgentInstalled">Whether it had another loadtest-host than this one, or none.</param>
/// <param name="Packages">The packages that it began to install, separated by blanks; null when it has all of them.</param>
public sealed record ConfiguredHost(
    IReadOnlyList<SettingResult> Settings, string Architecture, string? LkSha256, bool AgentInstalled, string? Packages);
