using LoadTesting.Cluster.Observing;
using LoadTesting.LiveKit;

namespace LoadTesting.Phases;

/// <summary>Makes or completes the fleet.</summary>
/// <param name="context">What every phase is given.</param>
public sealed class ProvisionPhase(PhaseContext context)
{
    /// <summary>How long a host may take until it answers: a cloud calls a server active long before its sshd listens.</summary>
    public static TimeSpan ConnectTimeout { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Short, because from here LiveKit may be out of reach: then only the hosts reach it.</summary>
    private static readonly TimeSpan LiveKitTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Does nothing when the fleet is complete, or has a run.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (!context.IsNamed(PhaseName.Provision) && await FleetRun.SkipsPhaseAsync(context, PhaseName.Provision, cancellation))
            return;

        // Before the first server is made: a fleet that has nothing to load costs money for nothing, and so does one whose kubeconfig or
        // key is wrong.
        if (!context.IsNamed(PhaseName.Provision) && !context.IsNamed(PhaseName.Configure))
        {
            var liveKit = await context.LiveKit(cancellation);
            context.Cluster();
            await new LiveKitProbe(context.Environment.Http, context.Time).RequireAsync(liveKit, cancellation);
            await new MetricsProbe(context.Environment.Http, context.Time).RequireAsync(
                context.Parameters.LiveKit.MetricsUrls ?? [], context.Log, cancellation);
            await new RunRooms(
                new RoomService(context.Environment.Http, liveKit, context.Time) { RequestTimeout = LiveKitTimeout }, context.Log)
                .EnsureUsableAsync(cancellation);
        }

        var hosts = await context.Environment.Cloud.ProvisionAsync(cancellation);
        var login = context.Environment.Login;
        if (login is not null)
        {
            foreach (var (name, text) in login.Files(hosts, context.Results.Path))
                context.Results.Write(name, text);

            // Alone it leaves a fleet that people can log in to at once: up, and with host keys that are known. In the chain Configure does
            // that.
            if (context.IsNamed(PhaseName.Provision))
                await context.Hosts.EachAsync(nameof(PhaseName.Provision), hosts, ConnectTimeout, (_, _, _) => Task.FromResult(true),
                    cancellation);
        }

        var names = hosts.Count == 1 ? hosts[0].Name : $"{hosts[0].Name} to {hosts[^1].Name}";
        var command = login is null ? "" : $" {login.Command(hosts[0], context.Results.Path)}";
        context.Log.Say($"{Format.Counted(hosts.Count, "server")} up: {names}.{command}");
    }
}
