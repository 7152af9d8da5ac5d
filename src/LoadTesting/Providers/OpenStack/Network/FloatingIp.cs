using System.Text.Json.Serialization;
using LoadTesting.Providers.OpenStack.Identity;

namespace LoadTesting.Providers.OpenStack.Network;

/// <summary>An address from outside. It outlives the server that it leads to.</summary>
internal sealed record FloatingIp(string Id, string FloatingIpAddress)
{
    public string? PortId { get; init; }

    public string? Description { get; init; }
}

internal sealed record FloatingIpOptions(string FloatingNetworkId, string PortId, string Description);

internal sealed record FloatingIpRequest(FloatingIpOptions Floatingip);

internal sealed record FloatingIpMove(FloatingIpPort Floatingip);

internal sealed record FloatingIpPort(string PortId);

internal sealed record FloatingIpAnswer(FloatingIp Floatingip);

internal sealed record FloatingIpPage(IReadOnlyList<FloatingIp> Floatingips) : IPage<FloatingIp>
{
    public IReadOnlyList<PageLink>? FloatingipsLinks { get; init; }

    [JsonIgnore]
    public IReadOnlyList<FloatingIp> Items => Floatingips;

    [JsonIgnore]
    public string? Next => FloatingipsLinks?.FirstOrDefault(link => link.Rel == "next")?.Href;
}

/// <summary>Neutron's floating IPs.</summary>
internal sealed class FloatingIpClient(CloudClient cloud)
{
    private static readonly NetworkJson Json = NetworkJson.Default;

    public Task<IReadOnlyList<FloatingIp>> ListAsync(CancellationToken cancellation) =>
        cloud.ListAsync<FloatingIpPage, FloatingIp>(CloudService.Network, "floatingips", Json.FloatingIpPage, cancellation);

    public async Task<FloatingIp> CreateAsync(FloatingIpOptions options, CancellationToken cancellation) =>
        (await cloud.PostAsync(CloudService.Network, "floatingips", (new FloatingIpRequest(options), Json.FloatingIpRequest),
            Json.FloatingIpAnswer, cancellation)).Floatingip;

    /// <returns>The address as it is then.</returns>
    public async Task<FloatingIp> MoveAsync(FloatingIp floatingIp, string portId, CancellationToken cancellation)
    {
        await cloud.PutAsync(CloudService.Network, $"floatingips/{floatingIp.Id}",
            (new FloatingIpMove(new FloatingIpPort(portId)), Json.FloatingIpMove), cancellation);
        return floatingIp with { PortId = portId };
    }

    public Task DeleteAsync(string id, CancellationToken cancellation) =>
        cloud.DeleteAsync(CloudService.Network, $"floatingips/{id}", cancellation);
}
