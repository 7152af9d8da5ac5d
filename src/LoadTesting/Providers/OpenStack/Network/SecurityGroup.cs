namespace LoadTesting.Providers.OpenStack.Network;

/// <summary>What may reach a server. Neutron lets everything out unless told otherwise.</summary>
internal sealed record SecurityGroup(string Id, string Name)
{
    public string? Description { get; init; }
}

internal sealed record SecurityGroupOptions(string Name, string Description);

internal sealed record SecurityGroupRule(string SecurityGroupId, string Protocol, int? PortRangeMin, int? PortRangeMax,
    string RemoteIpPrefix)
{
    public string Direction { get; init; } = "ingress";

    public string Ethertype { get; init; } = "IPv4";
}
