namespace LoadTesting.Providers.Inventory;

/// <summary>Which machines of which inventory are the fleet.</summary>
/// <param name="File"><c>--inventory</c>: an Ansible inventory, INI or YAML; empty: none was given.</param>
/// <param name="Group"><c>--inventory-group</c>: only the hosts of this group.</param>
public sealed record InventoryParameters(string File, string Group = "all");
