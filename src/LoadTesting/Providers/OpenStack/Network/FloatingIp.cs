using System.Text.Json.Nodes;
using LoadTesting.Providers.OpenStack.Identity;

namespace LoadTesting.Providers.OpenStack.Network;

/// <summary>An address from outside. It outlives the server that it leads to.</summary>
internal sealed record FloatingIp(string Id, string FloatingIpAddress)
{
    public string? PortId { get; init; }

    public string? Description { get; init; }
}

internal sealed record FloatingIpOptions(string FloatingNetworkId, string PortId, string Description);

/// <summary>Neutron's floating IPs.</summary>
internal sealed class FloatingIpClient(CloudClient cloud)
    : ResourceClient<FloatingIp>(cloud, CloudService.Network, NetworkJson.Default, "floatingips", "floatingip")
{
    /// <returns>The address as it is then.</returns>
    public async Task<FloatingIp> MoveAsync(FloatingIp floatingIp, string portId, CancellationToken cancellation)
    {
        await UpdateAsync(floatingIp.Id, new JsonObject { ["port_id"] = portId }, cancellation);
        return floatingIp with { PortId = portId };
    }
}
