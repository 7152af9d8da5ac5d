using System.Collections.Concurrent;
using LoadTesting.Providers.OpenStack.Network;

namespace LoadTesting.Providers.OpenStack;

/// <summary>Finds the address by which each server is reached, and gives floating IPs to those that lack one.</summary>
/// <param name="clients">The cloud.</param>
/// <param name="setup">What is wanted.</param>
internal sealed class Addresses(CloudClients clients, OpenStackSetup setup)
{
    /// <summary>The servers with their addresses, ordered by index.</summary>
    public async Task<IReadOnlyList<FleetHost>> OfAsync(FleetInCloud existing, CancellationToken cancellation)
    {
        if (setup.OpenStack.FloatingNetwork is null || existing.FloatingIps.Count == 0)
            return HostsOf(existing, []);

        var networks = await clients.Networks.ListAsync(cancellation);
        var network = NameOrId.Of("--network", setup.OpenStack.Network, networks, network => (network.Id, network.Name));
        return HostsOf(existing, await clients.Ports.ListAsync(network.Id, cancellation));
    }

    /// <summary>
    /// Gives every server a floating IP: one of ours that leads nowhere is used again, the others are made and attached by one request, so
    /// that none is ever made that has neither ownership tag nor server.
    /// </summary>
    /// <returns>The servers with their addresses, ordered by index.</returns>
    public async Task<IReadOnlyList<FleetHost>> GiveAsync(FleetInCloud existing, WantedFleet wanted, string description,
        CancellationToken cancellation)
    {
        if (wanted.FloatingNetwork is not { } network)
            return HostsOf(existing, []);

        var ports = await clients.Ports.ListAsync(wanted.Network.Id, cancellation);
        var taken = existing.FloatingIps.Select(floatingIp => floatingIp.PortId).OfType<string>().ToHashSet();
        var free = new Queue<FloatingIp>(existing.FloatingIps.Where(floatingIp => floatingIp.PortId is null));
        var lacking = existing.Servers.Select(server => ports.FirstOrDefault(port => port.DeviceId == server.Id)).OfType<Port>()
            .Where(port => !taken.Contains(port.Id)).ToList();
        var given = new ConcurrentBag<FloatingIp>(existing.FloatingIps);
        await CloudClients.ForEachAsync([.. lacking.Select(port => (Port: port.Id, Free: free.TryDequeue(out var own) ? own : null))],
            async (lack, token) => given.Add(lack.Free is { } own
            ? await clients.FloatingIps.MoveAsync(own, lack.Port, token)
            : await clients.FloatingIps.CreateAsync(new FloatingIpOptions(network.Id, lack.Port, description), token)), cancellation);
        return HostsOf(existing with { FloatingIps = [.. given] }, ports);
    }

    private IReadOnlyList<FleetHost> HostsOf(FleetInCloud existing, IReadOnlyList<Port> ports)
    {
        var devices = ports.ToDictionary(port => port.Id, port => port.DeviceId);
        var floating = existing.FloatingIps
            .Where(floatingIp => floatingIp.PortId is { } port && devices.ContainsKey(port))
            .DistinctBy(floatingIp => devices[floatingIp.PortId!])
            .ToDictionary(floatingIp => devices[floatingIp.PortId!], floatingIp => floatingIp.FloatingIpAddress);
        return
        [
            .. existing.Servers
                .Where(server => !server.IsGoing)
                .Select(server => FleetInCloud.HostOf(server,
                    setup.OpenStack.FloatingNetwork is null ? server.FixedAddress : floating.GetValueOrDefault(server.Id)))
                .OrderBy(host => host.Index),
        ];
    }
}
