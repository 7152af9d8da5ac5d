using LoadTesting.Hosts;
using System.Net.Sockets;
using Humanizer;
using LoadTesting.Hosts.Ssh;
using LoadTesting.Providers;

namespace LoadTesting.Phases;

/// <summary>Says what exists in the cloud, what runs on it, how long it has stood and what it cost so far. Changes nothing.</summary>
/// <param name="context">What every phase is given.</param>
public sealed class StatusPhase(PhaseContext context)
{
    private static readonly TimeSpan SshPatience = TimeSpan.FromSeconds(3);

    /// <summary>Shows one row for each fleet, and the run of our own.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var fleets = await context.Cloud.FleetsAsync(cancellation);
        if (fleets.Count == 0)
        {
            context.Log.Say("The cloud has no fleet of this tool.");
            return;
        }

        foreach (var fleet in fleets)
            context.Log.Say(Line(fleet, context.Time.GetUtcNow()));
        var own = fleets.FirstOrDefault(fleet => fleet.Name == context.Parameters.Fleet.Name);
        if (own is not null && context.SshFiles is { } files)
            await SayServersAsync(files, cancellation);
        if (own is not null)
            context.Log.Say(await RunAsync(own.Hosts, cancellation));
    }

    /// <summary>A line for each server: state, address, whether its sshd answers, and how to log in; or why it cannot be.</summary>
    private async Task SayServersAsync(SshFiles files, CancellationToken cancellation)
    {
        var machines = await context.Cloud.ListAsync(cancellation);
        var answers = await Task.WhenAll(machines.Select(machine => AnswersAsync(machine, cancellation)));
        foreach (var (machine, answer) in machines.Zip(answers))
            context.Log.Say($"  {machine.Name} {machine.Status} {machine.Fault ?? (answer is null ? "has no address" : $"{answer}: {files.Command(machine)}")}");
    }

    /// <summary>Whether sshd greets (RFC 4253, 4.2); null when there is nowhere to ask.</summary>
    private async Task<string?> AnswersAsync(FleetHost machine, CancellationToken cancellation)
    {
        if (machine.Address is not { } address)
            return null;
        if (context.Parameters.Ssh.JumpHost is not null)
            return "behind the jump host";

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(SshPatience);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address, machine.Port ?? context.Parameters.Ssh.Port, patience.Token);
            var greeting = new byte[4];
            await client.GetStream().ReadExactlyAsync(greeting, patience.Token);
            return greeting.AsSpan().SequenceEqual("SSH-"u8) ? "SSH answers" : "something answers that is not SSH";
        }
        catch (Exception error) when (error is SocketException or IOException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return "SSH does not answer";
        }
    }

    private string Line(FleetStatus fleet, DateTimeOffset now)
    {
        var age = fleet.CreatedAt is { } created ? now - created : (TimeSpan?)null;
        var states = string.Join(", ", fleet.Hosts.GroupBy(machine => machine.Status, StringComparer.Ordinal).Select(group => $"{group.Count()} {group.Key}"));
        var cost = age is { } stood ? context.Parameters.Fleet.PricePerHour * fleet.Hosts.Count * (decimal)stood.TotalHours : (decimal?)null;
        string?[] parts =
        [
            $"fleet {fleet.Name}: {Format.Counted(fleet.Hosts.Count, "server")}{(states.Length > 0 ? $" ({states})" : "")}",
            age is { } old ? $"{old.Humanize(2, minUnit: TimeUnit.Second)} old" : null,
            cost?.ToString("'about' 0.00 'so far'"),
            fleet.Controller is { } controller ? $"made by {controller}" : null,
            fleet.ExpiresAt is { } until ? until < now ? $"expired {(now - until).Humanize()} ago" : $"expires in {(until - now).Humanize(2)}" : null,
            fleet.Leftovers.Count > 0 ? $"with {string.Join(", ", Counted(fleet.Leftovers))}" : null,
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    /// <summary>Things of one kind in one word: <c>10 floating IPs</c>.</summary>
    private static IEnumerable<string> Counted(IReadOnlyList<string> things) => things
        .GroupBy(thing => thing[..thing.LastIndexOf(' ')], StringComparer.Ordinal)
        .Select(kind => kind.Count() == 1 ? kind.First() : Format.Counted(kind.Count(), kind.Key));

    private async Task<string> RunAsync(IReadOnlyList<FleetHost> machines, CancellationToken cancellation)
    {
        var run = await FleetRun.LatestAsync(context, machines, cancellation);
        return run switch
        {
            null => "It carries no run.",
            { InProgress: true } => $"Run {run.RunId} is going on, on {Format.Counted(run.Hosts.Count(host => host.Run.InProgress), "host")}. ./build.sh Collect waits for it.",
            { Collected: true } => $"Run {run.RunId} has ended and was brought home.",
            _ => $"Run {run.RunId} has ended and was not brought home. ./build.sh Collect fetches it.",
        };
    }
}
