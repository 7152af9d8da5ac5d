using LoadTesting.Providers.OpenStack.Identity;

namespace LoadTesting.Providers.OpenStack.Compute;

/// <summary>A key pair; Nova keeps the public half, under a name that is the user's.</summary>
internal sealed record KeyPair(string Name, string PublicKey);

internal sealed record KeyPairEntry(KeyPair Keypair);

/// <summary>Nova's key pairs; their name is their id.</summary>
internal sealed class KeyPairClient(CloudClient cloud)
    : ResourceClient<KeyPair>(cloud, CloudService.Compute, ComputeJson.Default, Path, "keypair")
{
    private const string Path = "os-keypairs";

    public override async Task<IReadOnlyList<KeyPair>> ListAsync(CancellationToken cancellation) =>
        [.. (await ListAsync<KeyPairEntry>(Path, cancellation)).Select(entry => entry.Keypair)];
}
