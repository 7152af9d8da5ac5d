using LoadTesting.Providers.OpenStack.Identity;

namespace LoadTesting.Providers.OpenStack.Network;

/// <summary>What the project may have and has; a limit below 0 is none.</summary>
internal sealed record NetworkUse(int Limit, int Used, int Reserved)
{
    public int Taken => Used + Reserved;
}

/// <summary>Neutron's quotas.</summary>
internal sealed record NetworkQuota(NetworkUse Port, NetworkUse Floatingip, NetworkUse SecurityGroup)
{
    public static Task<NetworkQuota> GetAsync(CloudClient cloud, string projectId, CancellationToken cancellation) =>
        cloud.GetAsync(CloudService.Network, $"quotas/{projectId}/details.json",
            body => body.One("quota", NetworkJson.Default.NetworkQuota), cancellation);
}
