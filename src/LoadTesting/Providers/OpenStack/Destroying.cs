using LoadTesting.Providers.OpenStack.Http;

namespace LoadTesting.Providers.OpenStack;

/// <summary>Deletes what carries a fleet's ownership tag, and asks again until the cloud reports that nothing is left.</summary>
/// <param name="clients">The cloud.</param>
/// <param name="setup">What is wanted.</param>
internal sealed class Destroying(CloudClients clients, OpenStackSetup setup)
{
    /// <summary>How long the cloud is asked again until nothing is left.</summary>
    private static readonly TimeSpan DestroyTimeout = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    public async Task RunAsync(string fleet, FleetInCloud existing, CancellationToken cancellation)
    {
        var deadline = setup.Now + DestroyTimeout;
        for (var atOnce = true; !existing.IsEmpty;)
        {
            if (setup.Now > deadline)
                throw Remaining(existing);

            await DeleteAsync(existing, cancellation);
            setup.Log.Show(new ProgressView(
                $"Destroying {fleet}",
                $"{Format.Counted(existing.Servers.Count, "server")} and "
                    + $"{Format.Counted(existing.Leftovers.Count, "other resource")} left to delete",
                ["what", "state"],
                [.. existing.Servers.Select(server => (IReadOnlyList<string>)[server.Name, server.TaskState ?? server.Status])]));

            // Servers take their time; what is left then is gone at once, or is not to be hurried.
            if (existing.Servers.Count > 0 || !atOnce)
                await Task.Delay(Interval, setup.Time, cancellation);
            atOnce = existing.Servers.Count > 0;
            existing = await AskAgainAsync(existing, fleet, cancellation);
        }
    }

    /// <summary>Sends every delete request once. One that fails is only noted: the next list shows what is left.</summary>
    public async Task DeleteAsync(FleetInCloud existing, CancellationToken cancellation)
    {
        static IEnumerable<Func<CancellationToken, Task>> Each(Func<string, CancellationToken, Task> delete, IEnumerable<string> ids) =>
            ids.Select(id => (Func<CancellationToken, Task>)(token => delete(id, token)));

        List<Func<CancellationToken, Task>> requests =
        [
            .. Each(clients.Servers.DeleteAsync, existing.Servers.Where(server => !server.IsGoing).Select(server => server.Id)),
            .. Each(clients.FloatingIps.DeleteAsync, existing.FloatingIps.Select(floatingIp => floatingIp.Id)),
            .. Each(clients.KeyPairs.DeleteAsync, existing.KeyPairs.Select(pair => pair.Name)),
            .. Each(clients.ServerGroups.DeleteAsync, existing.ServerGroups.Select(group => group.Id)),

            // A group that a port uses cannot be deleted: it waits for the servers.
            .. Each(clients.SecurityGroups.DeleteAsync,
                existing.Servers.Count == 0 ? existing.SecurityGroups.Select(group => group.Id) : []),
        ];
        await CloudClients.ForEachAsync(requests, NotedAsync, cancellation);
    }

    /// <summary>Looks again. A cloud that does not answer this time is asked another time, until the deadline.</summary>
    private async Task<FleetInCloud> AskAgainAsync(FleetInCloud before, string fleet, CancellationToken cancellation)
    {
        try
        {
            // The delete of everything but servers on their way and security groups has been sent: what failed shows when those are gone.
            var now = before.Servers.Count == 0
                ? new FleetInCloud()
                : await (before with { FloatingIps = [], KeyPairs = [], ServerGroups = [] })
                    .AskForServersAsync(clients, fleet, cancellation);
            return now.IsEmpty ? await FleetInCloud.AskAsync(clients, fleet, cancellation) : now;
        }
        catch (Exception error)
            when (error is NoResponseException
            or OpenStackException { Status: not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) })
        {
            setup.Log.Warn($"The cloud did not list what is left ({error.Message}); Destroy asks again.");
            return before;
        }
    }

    private async Task NotedAsync(Func<CancellationToken, Task> request, CancellationToken cancellation)
    {
        try
        {
            await request(cancellation);
        }
        catch (OpenStackException error) when (error.Status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
        {
            setup.Log.Detail(error.Message);
        }
        catch (NoResponseException error)
        {
            setup.Log.Detail(error.Message);
        }
    }

    private static LoadTestException Remaining(FleetInCloud existing) => new(
        "The cloud did not delete "
            + $"{Format.Counted(existing.Servers.Count, "server")}"
            + $"{string.Concat(existing.Leftovers.Select(leftover => $", {leftover}"))} in "
            + "time.",
        $"By hand:{string.Concat(existing.ByHand.Select(command => $"{Environment.NewLine}  {command}"))}");
}
