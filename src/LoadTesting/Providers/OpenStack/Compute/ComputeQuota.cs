using LoadTesting.Providers.OpenStack.Identity;

namespace LoadTesting.Providers.OpenStack.Compute;

/// <summary>What the project may have and has; a limit below 0 is none.</summary>
internal sealed record ComputeUse(int Limit, int InUse, int Reserved);

internal sealed record ComputeQuota(ComputeUse Instances, ComputeUse Cores, ComputeUse Ram, ComputeUse KeyPairs, ComputeUse ServerGroups);

internal sealed record ComputeQuotaAnswer(ComputeQuota QuotaSet);

/// <summary>Nova's quotas.</summary>
internal sealed class ComputeQuotaClient(CloudClient cloud)
{
    public async Task<ComputeQuota> GetAsync(string projectId, CancellationToken cancellation) =>
        (await cloud.GetAsync(CloudService.Compute, $"os-quota-sets/{projectId}/detail", ComputeJson.Default.ComputeQuotaAnswer,
            cancellation)).QuotaSet;
}
