namespace Nuke.Common.Execution;

/// <summary>Refuses targets that wait for each other.</summary>
internal static class TargetCycles
{
    public static void Check(IReadOnlyList<ExecutableTarget> targets)
    {
        var cycles = new Search().Components(targets).Where(component => component.Count > 1).ToList();
        Assert.True(cycles.Count == 0, string.Join(
            Environment.NewLine,
            cycles.Select(cycle => $" - {string.Join(", ", cycle.Select(target => target.Name))}").Prepend("Circular dependencies between targets:")));
    }

    /// <summary>Tarjan's strongly connected components.</summary>
    private sealed class Search
    {
        private readonly Dictionary<ExecutableTarget, int> _indices = [];
        private readonly Dictionary<ExecutableTarget, int> _lowest = [];
        private readonly Stack<ExecutableTarget> _open = new();
        private readonly List<List<ExecutableTarget>> _components = [];

        public List<List<ExecutableTarget>> Components(IReadOnlyList<ExecutableTarget> targets)
        {
            foreach (var target in targets.Where(target => !_indices.ContainsKey(target)))
                Visit(target);
            return _components;
        }

        private void Visit(ExecutableTarget target)
        {
            _indices[target] = _lowest[target] = _indices.Count;
            _open.Push(target);
            foreach (var dependency in target.AllDependencies)
            {
                if (!_indices.ContainsKey(dependency))
                    Visit(dependency);
                if (_open.Contains(dependency))
                    _lowest[target] = Math.Min(_lowest[target], _lowest[dependency]);
            }

            if (_lowest[target] == _indices[target])
                _components.Add(Close(target));
        }

        private List<ExecutableTarget> Close(ExecutableTarget root)
        {
            var component = new List<ExecutableTarget>();
            do
                component.Add(_open.Pop());
            while (component[^1] != root);
            return component;
        }
    }
}
