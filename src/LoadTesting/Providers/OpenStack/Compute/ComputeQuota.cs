using LoadTesting.Providers.OpenStack.Identity;

namespace LoadTesting.Providers.OpenStack.Compute;

/// <summary>What the project may have and has; a limit below 0 is none.</summary>
internal sealed record ComputeUse(int Limit, int InUse, int Reserved)
{
    public int Taken => InUse + Reserved;
}

/// <summary>Nova's quotas.</summary>
internal sealed record ComputeQuota(ComputeUse Instances, ComputeUse Cores, ComputeUse Ram, ComputeUse KeyPairs, ComputeUse ServerGroups)
{
    public static Task<ComputeQuota> GetAsync(CloudClient cloud, string projectId, CancellationToken cancellation) =>
        cloud.GetAsync(CloudService.Compute, $"os-quota-sets/{projectId}/detail",
            body => body.One("quota_set", ComputeJson.Default.ComputeQuota), cancellation);
}
