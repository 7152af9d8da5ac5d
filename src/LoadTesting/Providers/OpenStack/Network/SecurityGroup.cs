using System.Text.Json.Serialization;
using LoadTesting.Providers.OpenStack.Identity;

namespace LoadTesting.Providers.OpenStack.Network;

/// <summary>What may reach a server. Neutron lets everything out unless told otherwise.</summary>
internal sealed record SecurityGroup(string Id, string Name)
{
    public string? Description { get; init; }
}

internal sealed record SecurityGroupOptions(string Name, string Description);

internal sealed record SecurityGroupRequest(SecurityGroupOptions SecurityGroup);

internal sealed record SecurityGroupAnswer(SecurityGroup SecurityGroup);

internal sealed record SecurityGroupRule(string SecurityGroupId, string Protocol, int? PortRangeMin, int? PortRangeMax,
    string RemoteIpPrefix)
{
    public string Direction { get; init; } = "ingress";

    public string Ethertype { get; init; } = "IPv4";
}

internal sealed record SecurityGroupRuleRequest(SecurityGroupRule SecurityGroupRule);

internal sealed record SecurityGroupRuleAnswer(SecurityGroupRuleId SecurityGroupRule);

internal sealed record SecurityGroupRuleId(string Id);

internal sealed record SecurityGroupPage(IReadOnlyList<SecurityGroup> SecurityGroups) : IPage<SecurityGroup>
{
    public IReadOnlyList<PageLink>? SecurityGroupsLinks { get; init; }

    [JsonIgnore]
    public IReadOnlyList<SecurityGroup> Items => SecurityGroups;

    [JsonIgnore]
    public string? Next => SecurityGroupsLinks?.FirstOrDefault(link => link.Rel == "next")?.Href;
}
