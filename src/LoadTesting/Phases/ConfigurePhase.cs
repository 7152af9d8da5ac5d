using Humanizer;
using LoadTesting.Fleet;
using LoadTesting.Fleet.Host;
using LoadTesting.LiveKit;

namespace LoadTesting.Phases;

/// <summary>Brings every host into the wanted state and reads it back: kernel settings, lk, the few lines of ours.</summary>
/// <param name="context">What every phase is given.</param>
/// <param name="installer">Where lk comes from.</param>
public sealed class ConfigurePhase(PhaseContext context, ILkInstaller installer)
{
    /// <summary>How long a host may take until it answers.</summary>
    public TimeSpan Patience { get; init; } = ProvisionPhase.Patience;

    /// <summary>How long the script that sets everything may take on a host.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Configured hosts are left as they are; what differs is set right.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (await FleetRun.LeavesNothingToDoAsync(context, "Configure", cancellation))
            return;

        var machines = await context.Cloud.ListAsync(cancellation);
        if (machines.Count == 0)
            throw new LoadTestException("Configure: the fleet has no servers.", "./build.sh Provision makes them.");

        var results = await context.Hosts.EachAsync("Configure", machines, Patience, (_, shell, token) => ConfigureAsync(shell, token), cancellation);
        Say([.. results.Where(result => result.Succeeded).Select(result => (result.Machine, result.Value!))]);
    }

    private async Task<Outcome> ConfigureAsync(IRemoteShell shell, CancellationToken cancellation)
    {
        var host = ConfigureScript.Parse(await shell.RunAsync(ConfigureScript.Text(HostSetting.All), Deadline, cancellation));
        var agent = new HostAgent(shell);
        var installedAgent = host.AgentSha256 != ConfigureScript.Sha256(HostAgent.Text);
        if (installedAgent)
            await agent.InstallAsync(cancellation);

        var installedLk = await installer.InstallAsync(shell, host.LkSha256, cancellation);
        return new Outcome(host.Settings, installedLk || installedAgent);
    }

    private void Say(IReadOnlyList<(Machine Machine, Outcome Outcome)> hosts)
    {
        var changed = hosts.Count(host => host.Outcome.Changed);
        context.Log.Say(changed == 0
            ? $"{"host".ToQuantity(hosts.Count)} configured, nothing to change."
            : $"{"host".ToQuantity(hosts.Count)} configured, {changed} changed.");

        var impossible = hosts
            .SelectMany(host => host.Outcome.Settings.Where(setting => setting.Outcome == SettingOutcome.NotPossible).Select(setting => (setting.Name, host.Machine)))
            .GroupBy(entry => entry.Name, entry => entry.Machine.ShortName, StringComparer.Ordinal);
        foreach (var setting in impossible)
        {
            var whose = setting.Count() == hosts.Count ? "no host" : string.Join(", ", setting);
            context.Log.Warn($"{setting.Key} = {HostSetting.ByName[setting.Key].Wanted} is not possible on {whose}: {HostSetting.ByName[setting.Key].Why}");
        }
    }

    private sealed record Outcome(IReadOnlyList<SettingResult> Settings, bool Installed)
    {
        public bool Changed => Installed || Settings.Any(setting => setting.Outcome == SettingOutcome.Applied);
    }
}
