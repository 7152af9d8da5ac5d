using System.Globalization;
using Humanizer;
using LoadTesting.Fleet;

namespace LoadTesting.Phases;

/// <summary>Says what exists in the cloud, what runs on it, how long it has stood and what it cost so far. Changes nothing.</summary>
/// <param name="context">What every phase is given.</param>
public sealed class StatusPhase(PhaseContext context)
{
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
        if (own is not null)
            context.Log.Say(await RunAsync(own.Machines, cancellation));
    }

    private string Line(FleetStatus fleet, DateTimeOffset now)
    {
        var age = fleet.CreatedAt is { } created ? now - created : (TimeSpan?)null;
        var states = string.Join(", ", fleet.Machines.GroupBy(machine => machine.Status, StringComparer.Ordinal).Select(group => $"{group.Count()} {group.Key}"));
        var cost = age is { } stood ? context.Parameters.Fleet.PricePerHour * fleet.Machines.Count * (decimal)stood.TotalHours : (decimal?)null;
        string?[] parts =
        [
            $"fleet {fleet.Name}: {"server".ToQuantity(fleet.Machines.Count)}{(states.Length > 0 ? $" ({states})" : "")}",
            age is { } old ? $"{old.Humanize(2, CultureInfo.InvariantCulture)} old" : null,
            cost?.ToString("'about' 0.00 'so far'", CultureInfo.InvariantCulture),
            fleet.Controller is { } controller ? $"made by {controller}" : null,
            fleet.ExpiresAt is { } until ? until < now ? $"expired {(now - until).Humanize(culture: CultureInfo.InvariantCulture)} ago" : $"expires in {(until - now).Humanize(2, CultureInfo.InvariantCulture)}" : null,
            fleet.Leftovers.Count > 0 ? $"besides: {string.Join(", ", fleet.Leftovers)}" : null,
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    private async Task<string> RunAsync(IReadOnlyList<Machine> machines, CancellationToken cancellation)
    {
        var run = await FleetRun.LatestAsync(context, machines, cancellation);
        return run switch
        {
            null => "It carries no run.",
            { InProgress: true } => $"Run {run.RunId} is going on, on {"host".ToQuantity(run.Hosts.Count(host => host.Run.InProgress))}. ./build.sh Collect waits for it.",
            { Collected: true } => $"Run {run.RunId} has ended and was brought home.",
            _ => $"Run {run.RunId} has ended and was not brought home. ./build.sh Collect fetches it.",
        };
    }
}
