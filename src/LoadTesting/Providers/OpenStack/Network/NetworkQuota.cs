using LoadTesting.Providers.OpenStack.Identity;

namespace LoadTesting.Providers.OpenStack.Network;

/// <summary>What the project may have and has; a limit below 0 is none.</summary>
internal sealed record NetworkUse(int Limit, int Used, int Reserved);

internal sealed record NetworkQuota(NetworkUse Port, NetworkUse Floatingip, NetworkUse SecurityGroup);

internal sealed record NetworkQuotaAnswer(NetworkQuota Quota);

/// <summary>Neutron's quotas.</summary>
internal sealed class NetworkQuotaClient(CloudClient cloud)
{
    public async Task<NetworkQuota> GetAsync(string projectId, CancellationToken cancellation) =>
        (await cloud.GetAsync(CloudService.Network, $"quotas/{projectId}/details.json", NetworkJson.Default.NetworkQuotaAnswer,
            cancellation)).Quota;
}
