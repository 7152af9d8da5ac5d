using LoadTesting.Providers.OpenStack.Compute;
using LoadTesting.Providers.OpenStack.Network;

namespace LoadTesting.Providers.OpenStack;

/// <summary>What the project may have, and what of it is in use.</summary>
internal sealed record ProjectQuota(ComputeQuota Compute, NetworkQuota Network)
{
    public static async Task<ProjectQuota> AskAsync(CloudClients clients, CancellationToken cancellation)
    {
        var project = (await clients.Cloud.TokenAsync(cancellation)).Project.Id;
        var (compute, network) =
            (ComputeQuota.GetAsync(clients.Cloud, project, cancellation), NetworkQuota.GetAsync(clients.Cloud, project, cancellation));
        await Task.WhenAll(compute, network);
        return new ProjectQuota(await compute, await network);
    }

    /// <summary>Compares it with what is still to be made, and gives what is needed and used of each.</summary>
    /// <exception cref="LoadTestException">It does not fit; every shortfall is in the message.</exception>
    public IReadOnlyList<QuotaUse> Require(Flavor flavor, FleetNeeds missing)
    {
        List<QuotaUse> uses =
        [
            new("instances", missing.Servers, Compute.Instances.Taken, Compute.Instances.Limit),
            new("cores", missing.Servers * flavor.Vcpus, Compute.Cores.Taken, Compute.Cores.Limit),
            new("RAM in MB", missing.Servers * flavor.Ram, Compute.Ram.Taken, Compute.Ram.Limit),
            new("ports", missing.Servers, Network.Port.Taken, Network.Port.Limit),
            new("floating IPs", missing.FloatingIps, Network.Floatingip.Taken, Network.Floatingip.Limit),
            new("key pairs", missing.KeyPairs, missing.KeyPairsInUse, Compute.KeyPairs.Limit),
            new("server groups", missing.ServerGroups, Compute.ServerGroups.Taken, Compute.ServerGroups.Limit),
            new("security groups", missing.SecurityGroups, Network.SecurityGroup.Taken, Network.SecurityGroup.Limit),
        ];
        var lacking = uses.Where(use => use.IsTooSmall).ToList();
        return lacking.Count == 0
            ? [.. uses.Where(use => use.Need > 0)]
            : throw LoadTestException.Invalid(
                "The project's quota is too "
                    + $"small:{string.Concat(lacking.Select(use => $"{Environment.NewLine}  {use.What}: {use.Text}"))}",
                "Nothing was created. Ask for a larger quota, or use a smaller --instance-count or --instance-flavor.");
    }
}

/// <summary>What of a quota is needed and in use.</summary>
/// <param name="What">Instances, cores, ...</param>
/// <param name="Need">How many more.</param>
/// <param name="Used">How many there are.</param>
/// <param name="Limit">How many there may be; below 0: as many as one likes.</param>
internal sealed record QuotaUse(string What, int Need, int Used, int Limit)
{
    public bool IsTooSmall => Limit >= 0 && Need > Limit - Used;

    public string Text => Limit < 0
        ? $"{Need} more are needed, {Used} are in use, there is no limit"
        : $"{Need} more are needed, {Used} of {Limit} are in use";
}

/// <summary>What is still to be made of a fleet.</summary>
/// <param name="Servers">Servers, and as many ports.</param>
/// <param name="FloatingIps">Floating IPs.</param>
/// <param name="SecurityGroups">Security groups.</param>
/// <param name="ServerGroups">Server groups.</param>
/// <param name="KeyPairs">Key pairs.</param>
/// <param name="KeyPairsInUse">How many the user has: Nova's quota knows the limit only.</param>
internal sealed record FleetNeeds(int Servers, int FloatingIps, int SecurityGroups, int ServerGroups, int KeyPairs, int KeyPairsInUse);
