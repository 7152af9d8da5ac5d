using LoadTesting.Providers.OpenStack.Identity;

namespace LoadTesting.Providers.OpenStack.Compute;

/// <summary>A wish about where servers are put.</summary>
internal sealed record ServerGroup(string Id, string Name);

/// <summary>Before 2.64 the policy is a list.</summary>
internal sealed record ServerGroupOptions(string Name, IReadOnlyList<string> Policies);

internal sealed record ServerGroupRequest(ServerGroupOptions ServerGroup);

internal sealed record ServerGroupAnswer(ServerGroup ServerGroup);

internal sealed record ServerGroupList(IReadOnlyList<ServerGroup> ServerGroups);

/// <summary>Nova's server groups.</summary>
internal sealed class ServerGroupClient(CloudClient cloud)
{
    private static readonly ComputeJson Json = ComputeJson.Default;

    public async Task<IReadOnlyList<ServerGroup>> ListAsync(CancellationToken cancellation) =>
        (await cloud.GetAsync(CloudService.Compute, "os-server-groups", Json.ServerGroupList, cancellation)).ServerGroups;

    public async Task<ServerGroup> CreateAsync(ServerGroupOptions options, CancellationToken cancellation) =>
        (await cloud.PostAsync(CloudService.Compute, "os-server-groups", (new ServerGroupRequest(options), Json.ServerGroupRequest),
            Json.ServerGroupAnswer, cancellation)).ServerGroup;

    public Task DeleteAsync(string id, CancellationToken cancellation) =>
        cloud.DeleteAsync(CloudService.Compute, $"os-server-groups/{id}", cancellation);
}
