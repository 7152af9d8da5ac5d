using Humanizer;
using LoadTesting.Providers;

namespace LoadTesting.Phases;

/// <summary>Shows what exists in the cloud, what runs on it, how long it has existed and what it cost so far. Changes nothing.</summary>
/// <param name="context">What every phase is given.</param>
public sealed class StatusPhase(PhaseContext context)
{
    /// <summary>Shows one row for each fleet, and the run on our own.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var fleets = await context.Environment.Administration.FleetsAsync(cancellation);
        if (fleets.Count == 0)
        {
            context.Log.Say($"There is no fleet of this tool {context.Environment.Where}.");
            return;
        }

        foreach (var fleet in fleets)
            context.Log.Say(Line(fleet, context.Now));
        var own = fleets.FirstOrDefault(fleet => fleet.Name == context.Parameters.Fleet.Name);
        if (own is not null && context.Environment.Login is { } login)
            await SayHostsAsync(login, cancellation);
        if (own is not null)
            context.Log.Say(await RunAsync(own.Hosts, cancellation));
    }

    /// <summary>A line for each host: state, and whether it answers and how to log in; or what is wrong with it.</summary>
    private async Task SayHostsAsync(IHostLogin login, CancellationToken cancellation)
    {
        var hosts = await context.ListAsync(cancellation);
        var answers = await Task.WhenAll(hosts.Select(host => login.DescribeAsync(host, cancellation)));
        foreach (var (host, answer) in hosts.Zip(answers))
            context.Log.Say($"  {host.Name} {host.Status} {host.Fault ?? answer}");
    }

    private string Line(FleetStatus fleet, DateTimeOffset now)
    {
        var age = fleet.CreatedAt is { } created ? now - created : (TimeSpan?)null;
        var states = fleet.Hosts.GroupBy(host => host.Status).Select(group => $"{group.Count()} {group.Key}").Listed();
        var cost = age is { } stood
            ? context.Parameters.Fleet.PricePerHour * fleet.Hosts.Count * (decimal)stood.TotalHours
            : (decimal?)null;
        string?[] parts =
        [
            $"fleet {fleet.Name}: {Format.Counted(fleet.Hosts.Count, "server")}{(states.Length > 0 ? $" ({states})" : "")}",
            age is { } old ? $"{old.Humanize(2, minUnit: TimeUnit.Second)} old" : null,
            cost?.ToString("'about' 0.00 'so far'"),
            fleet.Controller is { } controller ? $"made by {controller}" : null,
            fleet.ExpiresAt is { } until ? until < now ? $"expired {(now - until).Humanize()} ago"
                : $"expires in {(until - now).Humanize(2)}" : null,
            fleet.Leftovers.Count > 0 ? $"with {Counted(fleet.Leftovers).Listed()}" : null,
        ];
        return parts.OfType<string>().Listed();
    }

    /// <summary>Things of one kind in one word: <c>10 floating IPs</c>.</summary>
    private static IEnumerable<string> Counted(IReadOnlyList<string> things) => things
        .GroupBy(thing => thing[..thing.LastIndexOf(' ')])
        .Select(kind => kind.Count() == 1 ? kind.First() : Format.Counted(kind.Count(), kind.Key));

    private async Task<string> RunAsync(IReadOnlyList<FleetHost> hosts, CancellationToken cancellation)
    {
        var (run, silent) = await FleetRun.AskAsync(context, hosts, cancellation);
        var unknown = silent.Count == 0 ? "" : $" Of {Reporting.Text.NameList.Few(silent)} nothing is known: no answer.";
        return unknown.Length > 0 && run is null ? $"Whether the fleet has a run is not known.{unknown}" : Words(run) + unknown;
    }

    private static string Words(FleetRun? run)
    {
        return run switch
        {
            null => "The fleet has no run.",
            { InProgress: true } =>
                $"Run {run.RunId} is in progress on {Format.Counted(run.Hosts.Count(host => host.Run.InProgress), "host")}. ./build.sh "
                + "Collect waits for it.",
            { Collected: true } => $"Run {run.RunId} has ended, and its results were downloaded.",
            _ => $"Run {run.RunId} has ended, and its results were not downloaded. ./build.sh Collect downloads them.",
        };
    }
}
