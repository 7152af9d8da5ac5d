using System.Text.Json.Serialization;
using LoadTesting.Providers.OpenStack.Identity;

namespace LoadTesting.Providers.OpenStack.Network;

/// <summary>Where a server is plugged into a network; Nova makes and deletes it with the server.</summary>
internal sealed record Port(string Id, string DeviceId, string NetworkId);

internal sealed record PortPage(IReadOnlyList<Port> Ports) : IPage<Port>
{
    public IReadOnlyList<PageLink>? PortsLinks { get; init; }

    [JsonIgnore]
    public IReadOnlyList<Port> Items => Ports;

    [JsonIgnore]
    public string? Next => PortsLinks?.FirstOrDefault(link => link.Rel == "next")?.Href;
}

/// <summary>Neutron's ports.</summary>
internal sealed class PortClient(CloudClient cloud)
{
    /// <returns>Each once, also one that moved from page to page.</returns>
    public async Task<IReadOnlyList<Port>> ListAsync(string networkId, CancellationToken cancellation) =>
        [.. (await cloud.ListAsync<PortPage, Port>(CloudService.Network,
            $"ports?network_id={networkId}&fields=id&fields=device_id&fields=network_id", NetworkJson.Default.PortPage, cancellation))
            .DistinctBy(port => port.Id, StringComparer.Ordinal)];
}
