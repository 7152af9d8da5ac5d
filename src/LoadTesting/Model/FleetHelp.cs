namespace LoadTesting.Model;

/// <summary>Help of the parameters of the fleet. Constants are named as their parameters; see <see cref="ParameterHelp"/>.</summary>
internal static class FleetHelp
{
    public const string Cloud =
        "Provider of the hosts; rehearsal is embedded and needs no account. Choices: openstack, inventory, rehearsal. Default: openstack";

    public const string Fleet =
        "Name of the fleet; fleets of different names do not touch each other. Default: livekit-loadtest. Example: team-a";

    public const string InstanceCount = "Number of VMs. Range: 1 to 10000 VMs. Default: 10 (with an inventory: all hosts). Example: 20";

    public const string MinServers = "Minimum number of healthy VMs; fewer fail the run. Range: 1 or more. Default: all VMs. Example: 8";

    public const string ExpiresAfter =
        "Lifetime tag of the fleet; Sweep deletes fleets past it. Range: above 0s. Default: 4h. Example: 90m";

    public const string PricePerHour = "Price of one VM per hour. Range: 0 or more. Default: 0.10. Example: 0.25";

    public const string ServerRetries = "How often a VM that ends in ERROR is replaced. Range: 0 or more. Default: 2. Example: 5";

    public const string BootTimeout = "Timeout for all VMs to boot. Range: above 0s. Default: 10m. Example: 20m";

    public const string Replace = "Replace VMs of another flavor, image or network instead of failing";

    public const string TakeOver = "Use or destroy the fleet of another controller";

    public const string KeepServers = "Keep the fleet at the end";
}

/// <summary>Help of the parameters of an inventory.</summary>
internal static class InventoryHelp
{
    public const string Inventory = "Ansible inventory (INI or YAML) for --cloud inventory. Example: hosts.yml";

    public const string InventoryGroup = "Inventory group whose hosts form the fleet. Default: all. Example: load";
}

/// <summary>Help of the parameters of OpenStack.</summary>
internal static class OpenStackHelp
{
    public const string OpenStackRc =
        "OpenStack rc file; without it, clouds.yaml or OS_* variables are used. Default: ~/livekit-demo-rc.sh. Example: ~/project-rc.sh";

    public const string OsCloud = "Cloud of clouds.yaml instead of the rc file. Example: mycloud";

    public const string InstanceFlavor = "Flavor of the VMs, name or ID. Default: c1.large. Example: c1.xlarge";

    public const string Image = "Image of the VMs, name or ID. Default: Ubuntu-24.04-Noble. Example: Debian-13";

    public const string Network = "Network of the VMs, name or ID. Default: internal. Example: load-net";

    public const string FloatingNetwork =
        "Network of the floating IPs, name or ID; none uses fixed addresses. Default: public. Example: none";

    public const string AvailabilityZone = "Availability zone of the VMs. Default: the cloud's choice. Example: nova";

    public const string Spread = "Place the VMs on different hypervisors where possible";

    public const string KeyPair =
        "Key pair in the cloud for --ssh-key; without it, the fleet gets its own. Default: livekit-demo. Example: my-key";

    public const string SecurityGroup = "Prefix of the name of the fleet's security group. Default: load-test-sg. Example: my-sg";

    public const string SshSource =
        "Networks from which the VMs accept SSH, separated by commas. Default: everywhere. Example: 192.0.2.0/24";
}

/// <summary>Help of the parameters of the connection to the hosts.</summary>
internal static class SshHelp
{
    public const string SshUser = "SSH user on the hosts. Default: ubuntu. Example: debian";

    public const string SshPort = "SSH port of the hosts. Range: 1 to 65535. Default: 22. Example: 2222";

    public const string SshKey =
        "Private key for the hosts; without the default, a key is generated. Default: ~/.ssh/id_ed25519. Example: ~/.ssh/livekit";

    public const string SshKeyPassphrase = "Passphrase of the private key. Default: prompt";

    public const string SshKeyText = "Text of the private key, for CI runners; set SSH_KEY_TEXT in the environment";

    public const string SshJumpHost = "Jump host for SSH, user@host:port. Example: ops@bastion.example.com:22";

    public const string HostKeyCheck =
        "How SSH host keys are verified. Choices: console, known-hosts, accept-new. Default: console (with an inventory: known-hosts)";
}

/// <summary>Help of the parameters of the software on the hosts.</summary>
internal static class SoftwareHelp
{
    public const string LkVersion = "Version of lk that the hosts download. Default: 2.18.1. Example: 2.16.4";

    public const string LkSha256 =
        "SHA-256 of the archive of lk. Default: from the release. "
        + "Example: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    public const string LkMirror =
        "URL from which the hosts download releases of lk. Default: https://github.com/livekit/livekit-cli/releases/download. "
        + "Example: https://mirror.example.com/lk";

    public const string LkBinary = "Path of an lk binary to upload instead. Example: ./lk";

    public const string HostPackages =
        "Packages to install on each host in the background, separated by commas; none skips them. Default: sysstat,htop,iftop. "
        + "Example: none";
}
