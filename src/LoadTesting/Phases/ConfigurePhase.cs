using LoadTesting.Hosts.Settings;

namespace LoadTesting.Phases;

/// <summary>Brings every host into the wanted state and reads it back: kernel settings, lk, the few lines of ours.</summary>
/// <param name="context">What every phase is given.</param>
public sealed class ConfigurePhase(PhaseContext context)
{
    /// <summary>How long a host may take until it answers.</summary>
    public TimeSpan ConnectTimeout { get; init; } = ProvisionPhase.ConnectTimeout;

    /// <summary>How long the script that sets everything may take on a host.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long packages may take after everything else is done.</summary>
    public TimeSpan PackagesTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Configured hosts are left as they are; what differs is set right.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (await FleetRun.SkipsPhaseAsync(context, PhaseName.Configure, cancellation))
            return;

        var fleet = await context.ListAsync(cancellation);
        if (fleet.Count == 0)
            throw new LoadTestException("Configure: the fleet has no servers.", "./build.sh Provision makes them.");

        var results = await context.Hosts.EachAsync(nameof(PhaseName.Configure), fleet, ConnectTimeout, ConfigureAsync, cancellation);
        Say([.. results.Where(result => result.Succeeded).Select(result => (result.Host, result.Value!))]);
    }

    private async Task<Outcome> ConfigureAsync(FleetHost host, IRemoteShell shell, CancellationToken cancellation)
    {
        var configured = ConfigureScript.Parse(
            await shell.RunAsync(ConfigureScript.Text(context.Environment.Settings, context.Environment.Packages), Deadline, cancellation));
        var installedLk = await context.Environment.Lk.InstallAsync(shell, configured, cancellation);
        if (configured.Packages is { } packages
            && HostPackages.Failure(await shell.RunAsync(HostPackages.Await(PackagesTimeout), PackagesTimeout + Deadline, cancellation),
            PackagesTimeout) is { } why)
            context.Log.Warn($"{host.Name}: {packages} could not be installed: {why}");

        context.Log.Detail($"{host.Name}: {Applied(configured.Settings)}");
        return new Outcome(configured.Settings, installedLk || configured.AgentInstalled || configured.Packages is not null);
    }

    private static string Applied(IReadOnlyList<SettingResult> settings)
    {
        var applied = settings.Where(setting => setting.Outcome == SettingOutcome.Applied)
            .Select(setting => $"{setting.Name} ({setting.Before ?? "none"})").ToList();
        return applied.Count == 0 ? "all settings were as wanted" : $"applied, with the value before: {applied.Listed()}";
    }

    private void Say(IReadOnlyList<(FleetHost Host, Outcome Outcome)> hosts)
    {
        var changed = hosts.Count(host => host.Outcome.Changed);
        context.Log.Say(changed == 0
            ? $"{Format.Counted(hosts.Count, "host")} configured, nothing to change."
            : $"{Format.Counted(hosts.Count, "host")} configured, {changed} changed.");

        var impossible = hosts
            .SelectMany(host => host.Outcome.Settings.Where(IsMissed)
                .Select(setting => (Setting: HostSetting.ByName[setting.Name], setting.Why, host.Host)))
            .GroupBy(entry => (entry.Setting, entry.Why), entry => entry.Host.ShortName);
        foreach (var group in impossible)
        {
            var (setting, reason) = group.Key;
            var whose = group.Count() == hosts.Count ? "no host" : group.Listed();
            context.Log.Warn($"{setting.Name}{(setting.IsOurFile ? "" : $" = {setting.Wanted}")} is not possible on {whose} ({reason}): "
                + $"{setting.Why}");
        }
    }

    private static bool IsMissed(SettingResult setting) =>
        setting.Outcome == SettingOutcome.NotPossible && !(setting.Before is null && HostSetting.ByName[setting.Name].IsRare);

    private sealed record Outcome(IReadOnlyList<SettingResult> Settings, bool Installed)
    {
        public bool Changed => Installed || Settings.Any(setting => setting.Outcome == SettingOutcome.Applied);
    }
}
