using System.Text.Json.Serialization;
using LoadTesting.Providers.OpenStack.Identity;

namespace LoadTesting.Providers.OpenStack.Network;

/// <summary>A network; external ones give floating IPs.</summary>
internal sealed record CloudNetwork(string Id, string Name)
{
    [JsonPropertyName("router:external")]
    public bool External { get; init; }
}

internal sealed record NetworkPage(IReadOnlyList<CloudNetwork> Networks) : IPage<CloudNetwork>
{
    public IReadOnlyList<PageLink>? NetworksLinks { get; init; }

    [JsonIgnore]
    public IReadOnlyList<CloudNetwork> Items => Networks;

    [JsonIgnore]
    public string? Next => NetworksLinks?.FirstOrDefault(link => link.Rel == "next")?.Href;
}

/// <summary>Neutron's networks.</summary>
internal sealed class NetworkClient(CloudClient cloud)
{
    public Task<IReadOnlyList<CloudNetwork>> ListAsync(CancellationToken cancellation) =>
        cloud.ListAsync<NetworkPage, CloudNetwork>(CloudService.Network, "networks", NetworkJson.Default.NetworkPage, cancellation);
}
