using LoadTesting.Providers.OpenStack.Identity;

namespace LoadTesting.Providers.OpenStack.Compute;

/// <summary>A size of servers: RAM in MB, disk in GB.</summary>
internal sealed record Flavor(string Id, string Name, int Vcpus, int Ram, int Disk);

internal sealed record FlavorPage(IReadOnlyList<Flavor> Flavors) : IPage<Flavor>
{
    public IReadOnlyList<PageLink>? FlavorsLinks { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<Flavor> Items => Flavors;

    [System.Text.Json.Serialization.JsonIgnore]
    public string? Next => FlavorsLinks?.FirstOrDefault(link => link.Rel == "next")?.Href;
}

/// <summary>Nova's flavors.</summary>
internal sealed class FlavorClient(CloudClient cloud)
{
    public Task<IReadOnlyList<Flavor>> ListAsync(CancellationToken cancellation) =>
        cloud.ListAsync<FlavorPage, Flavor>(CloudService.Compute, "flavors/detail", ComputeJson.Default.FlavorPage, cancellation);
}
