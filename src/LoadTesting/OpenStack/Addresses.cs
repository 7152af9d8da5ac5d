using LoadTesting.Fleet;

namespace LoadTesting.OpenStack;

/// <summary>Finds the address by which each server is reached, and gives floating IPs to those that lack one.</summary>
/// <param name="clients">The cloud.</param>
/// <param name="setup">What is wanted.</param>
internal sealed class Addresses(CloudClients clients, OpenStackSetup setup)
{
    /// <summary>The servers with their addresses, ordered by index.</summary>
    public async Task<IReadOnlyList<Machine>> OfAsync(FleetInCloud there, CancellationToken cancellation)
    {
        var floating = setup.OpenStack.FloatingNetwork is null || there.FloatingIps.Count == 0 ? [] : await FloatingAsync(there, cancellation);
        return
        [
            .. there.Servers
                .Where(server => !server.IsGoing)
                .Select(server => FleetInCloud.Machine(server, setup.OpenStack.FloatingNetwork is null ? server.FixedAddress : floating.GetValueOrDefault(server.Id)))
                .OrderBy(machine => machine.Index),
        ];
    }

    /// <summary>
    /// Gives every server a floating IP: one of ours that leads nowhere is used again, the others are made and attached by one request, so
    /// that none is ever made that has neither mark nor server.
    /// </summary>
    public async Task GiveAsync(FleetInCloud there, WantedFleet wanted, string description, CancellationToken cancellation)
    {
        if (wanted.FloatingNetwork is not { } network)
            return;

        var ports = await clients.Ports.ListAsync(wanted.Network.Id, cancellation);
        var taken = there.FloatingIps.Select(floatingIp => floatingIp.PortId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var free = new Queue<string>(there.FloatingIps.Where(floatingIp => floatingIp.PortId is null).Select(floatingIp => floatingIp.Id));
        var lacking = there.Servers.Select(server => ports.FirstOrDefault(port => port.DeviceId == server.Id)).Where(port => port is not null && !taken.Contains(port.Id)).ToList();
        await Wave.ForEachAsync([.. lacking.Select(port => (Port: port!.Id, Free: free.TryDequeue(out var id) ? id : null))], (lack, token) => lack.Free is { } floatingIp
            ? clients.FloatingIps.MoveAsync(floatingIp, lack.Port, token)
            : clients.FloatingIps.CreateAsync(new(network.Id, lack.Port, description), token), cancellation);
    }

    private async Task<Dictionary<string, string>> FloatingAsync(FleetInCloud there, CancellationToken cancellation)
    {
        var networks = await clients.Networks.ListAsync(cancellation);
        var network = Choice.Of("--network", setup.OpenStack.Network, networks, network => (network.Id, network.Name));
        var devices = (await clients.Ports.ListAsync(network.Id, cancellation)).ToDictionary(port => port.Id, port => port.DeviceId, StringComparer.Ordinal);
        return there.FloatingIps
            .Where(floatingIp => floatingIp.PortId is { } port && devices.ContainsKey(port))
            .DistinctBy(floatingIp => devices[floatingIp.PortId!], StringComparer.Ordinal)
            .ToDictionary(floatingIp => devices[floatingIp.PortId!], floatingIp => floatingIp.FloatingIpAddress, StringComparer.Ordinal);
    }
}
