namespace LoadTesting.Providers.Inventory;

/// <summary>A value and the line that contains it.</summary>
internal sealed record Located(string Text, int Line);

/// <summary>The groups of an inventory as they are read; then the hosts of one of them, with the variables that hold for each.</summary>
/// <param name="file">The file, for errors.</param>
internal sealed class InventoryGroups(string file)
{
    private readonly OrderedDictionary<string, Group> _groups = new() { ["all"] = new Group() };
    private readonly OrderedDictionary<string, Dictionary<string, Located>> _hosts = [];
    private readonly List<(string Parent, Located Child)> _children = [];

    /// <summary>Error in the inventory: where, what, and what would be right.</summary>
    public LoadTestException Wrong(int line, string what) => LoadTestException.Invalid($"--inventory: {file}, line {line}: {what}");

    public void Add(string group) => _groups.TryAdd(group, new Group());

    public void AddHosts(string group, Located pattern, IReadOnlyDictionary<string, Located> variables)
    {
        var names = HostRange.Expand(pattern.Text)
            ?? throw Wrong(pattern.Line, $"'{pattern.Text}' is no range of hosts; expected one such as load[01:20] or load-[a:f]");
        foreach (var name in names)
        {
            _hosts.TryAdd(name, new Dictionary<string, Located>());
            Merge(_hosts[name], variables);
            Of(group).Hosts.Add(name);
        }
    }

    public void AddChild(string group, Located child)
    {
        Of(group).Children.Add(child.Text);
        _children.Add((group, child));
    }

    public void Set(string group, string name, Located value) => Of(group).Variables[name] = value;

    /// <summary>The hosts of a group in the order of the file.</summary>
    public IReadOnlyList<(string Name, IReadOnlyDictionary<string, Located> Variables)> HostsOf(string group)
    {
        if (_children.Find(entry => !_groups.ContainsKey(entry.Child.Text)) is { Child: { } unknown })
            throw Wrong(unknown.Line, $"there is no group '{unknown.Text}'; expected one of {_groups.Keys.Listed()}");
        if (!_groups.ContainsKey(group))
            throw LoadTestException.Invalid(
                $"--inventory-group: got '{group}', which {file} does not have; expected one of {_groups.Keys.Listed()}");

        var members = _groups.Keys.ToDictionary(name => name, name => name == "all" ? [.. _hosts.Keys] : Members(name, []));
        return [.. _hosts.Where(host => members[group].Contains(host.Key))
            .Select(host => (host.Key, VariablesOf(host.Key, host.Value, members)))];
    }

    /// <summary>A group's variables yield to those of a group within it, and all of them to the host's own.</summary>
    private IReadOnlyDictionary<string, Located> VariablesOf(
        string host, Dictionary<string, Located> own, Dictionary<string, HashSet<string>> members)
    {
        var all = new Dictionary<string, Located>();
        foreach (var name in members.Where(entry => entry.Value.Contains(host)).Select(entry => entry.Key).OrderBy(name => Depth(name, []))
            .ThenBy(name => name, StringComparer.Ordinal))
            Merge(all, _groups[name].Variables);
        Merge(all, own);
        return all;
    }

    private HashSet<string> Members(string group, HashSet<string> seen) =>
        seen.Add(group) ? [.. _groups[group].Hosts, .. _groups[group].Children.SelectMany(child => Members(child, seen))] : [];

    private int Depth(string group, HashSet<string> seen) => group == "all" || !seen.Add(group)
        ? 0
        : 1 + _children.Where(entry => entry.Child.Text == group).Select(entry => Depth(entry.Parent, [.. seen])).DefaultIfEmpty(0).Max();

    private Group Of(string name)
    {
        Add(name);
        return _groups[name];
    }

    private static void Merge(Dictionary<string, Located> into, IReadOnlyDictionary<string, Located> from)
    {
        foreach (var (name, value) in from)
            into[name] = value;
    }

    private sealed class Group
    {
        public HashSet<string> Hosts { get; } = [];

        public List<string> Children { get; } = [];

        public Dictionary<string, Located> Variables { get; } = [];
    }
}
