using LoadTesting.Providers.OpenStack.Compute;
using LoadTesting.Providers.OpenStack.Network;

namespace LoadTesting.Providers.OpenStack;

/// <summary>Everything in the cloud that has this tool's ownership tag, of one fleet or of all.</summary>
internal sealed record FleetInCloud
{
    public IReadOnlyList<Server> Servers { get; init; } = [];

    public IReadOnlyList<FloatingIp> FloatingIps { get; init; } = [];

    public IReadOnlyList<SecurityGroup> SecurityGroups { get; init; } = [];

    public IReadOnlyList<KeyPair> KeyPairs { get; init; } = [];

    /// <summary>The fleet's and all others of the user's, marked or not.</summary>
    public IReadOnlyList<KeyPair> AllKeyPairs { get; init; } = [];

    public IReadOnlyList<ServerGroup> ServerGroups { get; init; } = [];

    public bool IsEmpty => Servers.Count + FloatingIps.Count + SecurityGroups.Count + KeyPairs.Count + ServerGroups.Count == 0;

    /// <summary>The names of the fleets that anything belongs to.</summary>
    public IReadOnlyList<string> Fleets =>
    [
        .. OwnershipTags.Select(tag => tag.Fleet).Concat(KeyPairs.Select(pair => OwnershipTag.FleetOfKeyPair(pair.Name)).OfType<string>())
            .Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>Every ownership tag that contains more than a fleet's name.</summary>
    public IEnumerable<OwnershipTag> OwnershipTags => Servers.Select(OwnershipTag.Of)
        .Concat(FloatingIps.Select(floatingIp => OwnershipTag.Of(floatingIp.Description)))
        .Concat(SecurityGroups.Select(group => OwnershipTag.Of(group.Description)))
        .OfType<OwnershipTag>();

    /// <summary>Asks for all of it. A filter that a cloud ignores does no harm: the ownership tag is checked here.</summary>
    /// <param name="clients">The cloud.</param>
    /// <param name="fleet">Only this fleet; null: all fleets.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<FleetInCloud> AskAsync(CloudClients clients, string? fleet, CancellationToken cancellation)
    {
        var servers = clients.Servers.ListAsync(fleet is null ? OwnershipTag.Tool : OwnershipTag.TagOf(fleet), cancellation);
        var floatingIps = clients.FloatingIps.ListAsync(cancellation);
        var groups = clients.SecurityGroups.ListAsync(cancellation);
        var keyPairs = clients.KeyPairs.ListAsync(cancellation);
        var serverGroups = clients.ServerGroups.ListAsync(cancellation);
        await Task.WhenAll(servers, floatingIps, groups, keyPairs, serverGroups);
        var all = new FleetInCloud
        {
            Servers = await servers,
            FloatingIps = await floatingIps,
            SecurityGroups = await groups,
            AllKeyPairs = await keyPairs,
            KeyPairs = await keyPairs,
            ServerGroups = await serverGroups,
        };
        return all.Of(name => name is not null && (fleet is null || name == fleet));
    }

    /// <summary>The part whose fleet is one of those.</summary>
    public FleetInCloud Of(Predicate<string?> fleet) => this with
    {
        Servers = [.. Servers.Where(server => fleet(OwnershipTag.Of(server)?.Fleet))],
        FloatingIps = [.. FloatingIps.Where(floatingIp => fleet(OwnershipTag.Of(floatingIp.Description)?.Fleet))],
        SecurityGroups = [.. SecurityGroups.Where(group => fleet(OwnershipTag.Of(group.Description)?.Fleet))],
        KeyPairs = [.. KeyPairs.Where(pair => fleet(OwnershipTag.FleetOfKeyPair(pair.Name)))],
        ServerGroups = [.. ServerGroups.Where(group => fleet(OwnershipTag.FleetOfKeyPair(group.Name)))],
    };

    /// <summary>The same with the servers as they are now: while servers come and go, nothing else does.</summary>
    public async Task<FleetInCloud> AskForServersAsync(CloudClients clients, string fleet, CancellationToken cancellation) => this with
    {
        Servers = [.. (await clients.Servers.ListAsync(OwnershipTag.TagOf(fleet), cancellation))
            .Where(server => OwnershipTag.Of(server)?.Fleet == fleet)],
    };

    /// <summary>What there is besides servers, in words.</summary>
    public IReadOnlyList<string> Leftovers =>
    [
        .. FloatingIps.Select(floatingIp => $"floating IP {floatingIp.FloatingIpAddress}"),
        .. SecurityGroups.Select(group => $"security group {group.Name}"),
        .. KeyPairs.Select(pair => $"key pair {pair.Name}"),
        .. ServerGroups.Select(group => $"server group {group.Name}"),
    ];

    /// <summary>The commands of OpenStack's own client that delete it by hand.</summary>
    public IReadOnlyList<string> ByHand =>
    [
        .. Servers.Select(server => $"openstack server delete {server.Id}"),
        .. FloatingIps.Select(floatingIp => $"openstack floating ip delete {floatingIp.Id}"),
        .. SecurityGroups.Select(group => $"openstack security group delete {group.Id}"),
        .. KeyPairs.Select(pair => $"openstack keypair delete {pair.Name}"),
        .. ServerGroups.Select(group => $"openstack server group delete {group.Id}"),
    ];

    /// <summary>A server as the phases see it.</summary>
    public static FleetHost HostOf(Server server, string? address) => new()
    {
        Id = server.Id,
        Name = server.Name,
        Index = IndexOf(server.Name),
        Status = server.Status,
        Fault = server.Fault?.Message.Trim(),
        Address = address,
        CreatedAt = server.Created,
    };

    /// <summary>The number at the end of a server's name.</summary>
    public static int IndexOf(string name) => int.TryParse(name[(name.LastIndexOf('-') + 1)..], out var index) ? index : 0;
}
