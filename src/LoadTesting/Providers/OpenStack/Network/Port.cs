using LoadTesting.Providers.OpenStack.Identity;

namespace LoadTesting.Providers.OpenStack.Network;

/// <summary>Where a server is plugged into a network; Nova makes and deletes it with the server.</summary>
internal sealed record Port(string Id, string DeviceId);

/// <summary>Neutron's ports.</summary>
internal sealed class PortClient(CloudClient cloud)
    : ResourceClient<Port>(cloud, CloudService.Network, NetworkJson.Default, "ports", "port")
{
    /// <returns>Each once, also one that moved from page to page.</returns>
    public async Task<IReadOnlyList<Port>> ListAsync(string networkId, CancellationToken cancellation) =>
        [.. (await ListAsync<Port>($"ports?network_id={networkId}&fields=id&fields=device_id", cancellation))
            .DistinctBy(port => port.Id)];
}
