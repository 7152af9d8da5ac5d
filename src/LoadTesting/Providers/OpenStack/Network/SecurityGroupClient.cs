using System.Net;
using LoadTesting.Providers.OpenStack.Http;
using LoadTesting.Providers.OpenStack.Identity;

namespace LoadTesting.Providers.OpenStack.Network;

/// <summary>Neutron's security groups.</summary>
internal sealed class SecurityGroupClient(CloudClient cloud)
{
    private static readonly NetworkJson Json = NetworkJson.Default;

    public Task<IReadOnlyList<SecurityGroup>> ListAsync(CancellationToken cancellation) =>
        cloud.ListAsync<SecurityGroupPage, SecurityGroup>(CloudService.Network, "security-groups?fields=id&fields=name&fields=description",
            Json.SecurityGroupPage, cancellation);

    public async Task<SecurityGroup> CreateAsync(SecurityGroupOptions options, CancellationToken cancellation) =>
        (await cloud.PostAsync(CloudService.Network, "security-groups", (new SecurityGroupRequest(options), Json.SecurityGroupRequest),
            Json.SecurityGroupAnswer, cancellation)).SecurityGroup;

    /// <summary>Adds a rule; one that is there already is fine.</summary>
    public async Task AddRuleAsync(SecurityGroupRule rule, CancellationToken cancellation)
    {
        try
        {
            await cloud.PostAsync(CloudService.Network, "security-group-rules",
                (new SecurityGroupRuleRequest(rule), Json.SecurityGroupRuleRequest), Json.SecurityGroupRuleAnswer, cancellation);
        }
        catch (OpenStackException error) when (error.Status == HttpStatusCode.Conflict)
        {
            // SecurityGroupRuleExists: an earlier run made it.
        }
    }

    public Task DeleteAsync(string id, CancellationToken cancellation) =>
        cloud.DeleteAsync(CloudService.Network, $"security-groups/{id}", cancellation);
}
