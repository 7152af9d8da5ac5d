using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LoadTesting.Providers.Inventory;

/// <summary>Reads Ansible's YAML form: groups with <c>hosts</c>, <c>children</c> and <c>vars</c>. Pure.</summary>
internal static class YamlInventory
{
    public static InventoryGroups Read(string text, string file)
    {
        var groups = new InventoryGroups(file);
        YamlStream yaml;
        try
        {
            yaml = YamlText.Nodes(text);
        }
        catch (YamlException error)
        {
            throw groups.Wrong((int)error.Start.Line, error.Message);
        }

        if (yaml.Documents is [var document, ..])
        {
            foreach (var (name, group) in Mapping(groups, document.RootNode, "groups by name, such as all: with hosts: in it"))
                Group(groups, name.Text, group);
        }

        return groups;
    }

    private static void Group(InventoryGroups groups, string name, YamlNode group)
    {
        groups.Add(name);
        foreach (var (key, node) in Mapping(groups, group, "hosts, children and vars"))
        {
            switch (key.Text)
            {
                case "hosts":
                    foreach (var (host, variables) in Mapping(groups, node, "hosts by name, each with a colon after it: load-01:"))
                        groups.AddHosts(name, host, Variables(groups, variables));
                    break;
                case "children":
                    foreach (var (child, inner) in Mapping(groups, node, "groups by name, each with a colon after it"))
                    {
                        Group(groups, child.Text, inner);
                        groups.AddChild(name, child);
                    }

                    break;
                case "vars":
                    foreach (var (variable, value) in Variables(groups, node))
                        groups.Set(name, variable, value);
                    break;
                default:
                    throw groups.Wrong(key.Line, $"'{key.Text}' in group {name}; expected hosts, children or vars");
            }
        }
    }

    /// <summary>Those that are plain values; lists and mappings are of no use to a connection.</summary>
    private static Dictionary<string, Located> Variables(InventoryGroups groups, YamlNode node) =>
        Mapping(groups, node, "variables by name")
        .Where(entry => entry.Value is YamlScalarNode)
        .ToDictionary(entry => entry.Key.Text, entry => new Located(((YamlScalarNode)entry.Value).Value ?? "", Line(entry.Value)));

    private static IEnumerable<(Located Key, YamlNode Value)> Mapping(InventoryGroups groups, YamlNode node, string expected) => node switch
    {
        YamlMappingNode mapping => mapping.Children.Select(entry => (new Located($"{entry.Key}", Line(entry.Key)), entry.Value)),
        YamlScalarNode { Value: null or "" or "~" or "null" } => [],
        _ => throw groups.Wrong(Line(node), $"expected {expected}"),
    };

    private static int Line(YamlNode node) => (int)node.Start.Line;
}
