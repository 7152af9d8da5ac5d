namespace LoadTesting.Providers.Inventory;

/// <summary>A machine that an inventory names, and how to reach it.</summary>
/// <param name="Name">Its name in the inventory.</param>
/// <param name="Address">Name or address to connect to (<c>ansible_host</c>).</param>
public sealed record InventoryHost(string Name, string Address)
{
    /// <summary>Port of its sshd (<c>ansible_port</c>); null: <c>--ssh-port</c>.</summary>
    public int? Port { get; init; }

    /// <summary>Who logs in (<c>ansible_user</c>); null: <c>--ssh-user</c>.</summary>
    public string? User { get; init; }

    /// <summary>The private key (<c>ansible_ssh_private_key_file</c>); null: <c>--ssh-key</c>.</summary>
    public string? KeyFile { get; init; }
}

/// <summary>Which machines of which inventory are the fleet.</summary>
/// <param name="File"><c>--inventory</c>: an Ansible inventory, INI or YAML.</param>
/// <param name="Group"><c>--inventory-group</c>: only the hosts of this group.</param>
public sealed record InventoryParameters(string File, string Group);
