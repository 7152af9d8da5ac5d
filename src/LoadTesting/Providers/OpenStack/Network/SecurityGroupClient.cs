using LoadTesting.Providers.OpenStack.Http;
using LoadTesting.Providers.OpenStack.Identity;

namespace LoadTesting.Providers.OpenStack.Network;

/// <summary>Neutron's security groups.</summary>
internal sealed class SecurityGroupClient(CloudClient cloud)
    : ResourceClient<SecurityGroup>(cloud, CloudService.Network, NetworkJson.Default, "security-groups", "security_group")
{
    private readonly ResourceClient<SecurityGroupRule> _rules =
        new(cloud, CloudService.Network, NetworkJson.Default, "security-group-rules", "security_group_rule");

    public override Task<IReadOnlyList<SecurityGroup>> ListAsync(CancellationToken cancellation) =>
        ListAsync<SecurityGroup>("security-groups?fields=id&fields=name&fields=description", cancellation);

    /// <summary>Adds a rule; one that exists already is no error.</summary>
    public async Task AddRuleAsync(SecurityGroupRule rule, CancellationToken cancellation)
    {
        try
        {
            await _rules.CreateAsync(rule, cancellation);
        }
        catch (OpenStackException error) when (error.Status == HttpStatusCode.Conflict)
        {
            // SecurityGroupRuleExists: an earlier run made it.
        }
    }
}
