namespace LoadTesting.Providers.OpenStack;

/// <summary>How the cloud is reached and which of its things are used.</summary>
public sealed record OpenStackParameters
{
    /// <summary><c>--open-stack-rc</c>: the rc file; when it does not exist: clouds.yaml, else OS_* variables.</summary>
    public string RcFile { get; init; } = DefaultOf(OpenStackHelp.OpenStackRc);

    /// <summary><c>--os-cloud</c>: a name in clouds.yaml; null: none.</summary>
    public string? OsCloud { get; init; }

    /// <summary><c>--instance-flavor</c>: name or id.</summary>
    public string Flavor { get; init; } = DefaultOf(OpenStackHelp.InstanceFlavor);

    /// <summary><c>--image</c>: name or id.</summary>
    public string Image { get; init; } = DefaultOf(OpenStackHelp.Image);

    /// <summary><c>--network</c>: name or id.</summary>
    public string Network { get; init; } = DefaultOf(OpenStackHelp.Network);

    /// <summary><c>--floating-network</c>: name or id; null: the servers are reached by their fixed address.</summary>
    public string? FloatingNetwork { get; init; } = DefaultOf(OpenStackHelp.FloatingNetwork);

    /// <summary>
    /// <c>--key-pair</c>: used when the cloud has it and it is the key of <c>--ssh-key</c>; else the fleet gets its own key pair.
    /// </summary>
    public string KeyPair { get; init; } = DefaultOf(OpenStackHelp.KeyPair);

    /// <summary><c>--security-group</c>: the first part of the name of the fleet's security group.</summary>
    public string SecurityGroup { get; init; } = DefaultOf(OpenStackHelp.SecurityGroup);

    /// <summary>
    /// <c>--ssh-source</c>: where SSH may come from, networks as 192.0.2.0/24 separated by commas; null: from everywhere.
    /// </summary>
    public string? SshSource { get; init; }

    /// <summary><c>--spread</c>: ask the cloud to put the servers on different hypervisors where it can (soft anti-affinity).</summary>
    public bool Spread { get; init; }

    /// <summary><c>--availability-zone</c>; null: the cloud decides.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary>The fleet in one line, for Plan.</summary>
    public string Describe(FleetParameters fleet) =>
        $"{fleet.InstanceCount} VMs named {fleet.Name}-01 to {fleet.Name}-{fleet.InstanceCount:00}, {Flavor}, {Image}";
}
