using LoadTesting.Providers.OpenStack.Identity;

namespace LoadTesting.Providers.OpenStack.Compute;

/// <summary>A key pair; Nova keeps the public half, under a name that is the user's.</summary>
internal sealed record KeyPair(string Name, string PublicKey);

internal sealed record KeyPairEntry(KeyPair Keypair);

internal sealed record KeyPairOptions(string Name, string PublicKey);

internal sealed record KeyPairRequest(KeyPairOptions Keypair);

internal sealed record KeyPairPage(IReadOnlyList<KeyPairEntry> Keypairs) : IPage<KeyPairEntry>
{
    public IReadOnlyList<PageLink>? KeypairsLinks { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<KeyPairEntry> Items => Keypairs;

    [System.Text.Json.Serialization.JsonIgnore]
    public string? Next => KeypairsLinks?.FirstOrDefault(link => link.Rel == "next")?.Href;
}

/// <summary>Nova's key pairs.</summary>
internal sealed class KeyPairClient(CloudClient cloud)
{
    private static readonly ComputeJson Json = ComputeJson.Default;

    public async Task<IReadOnlyList<KeyPair>> ListAsync(CancellationToken cancellation) =>
        [.. (await cloud.ListAsync<KeyPairPage, KeyPairEntry>(CloudService.Compute, "os-keypairs", Json.KeyPairPage, cancellation))
            .Select(entry => entry.Keypair)];

    public Task CreateAsync(KeyPairOptions options, CancellationToken cancellation) =>
        cloud.PostAsync(CloudService.Compute, "os-keypairs", (new KeyPairRequest(options), Json.KeyPairRequest), Json.KeyPairEntry,
            cancellation);

    public Task DeleteAsync(string name, CancellationToken cancellation) =>
        cloud.DeleteAsync(CloudService.Compute, $"os-keypairs/{Uri.EscapeDataString(name)}", cancellation);
}
