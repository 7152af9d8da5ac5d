using YamlDotNet.Core;

namespace LoadTesting.Cluster.Kubeconfigs;

/// <summary>One kubeconfig file as written (kubernetes.io, "Organizing Cluster Access Using kubeconfig Files").</summary>
/// <param name="CurrentContext">Its current-context; null when none is set.</param>
/// <param name="Contexts">Its contexts by name.</param>
/// <param name="Clusters">Its clusters by name.</param>
/// <param name="Users">Its users by name.</param>
internal sealed record KubeconfigFile(
    string? CurrentContext,
    IReadOnlyDictionary<string, KubeconfigEntry> Contexts,
    IReadOnlyDictionary<string, KubeconfigEntry> Clusters,
    IReadOnlyDictionary<string, KubeconfigEntry> Users)
{
    public static KubeconfigFile Read(string path)
    {
        var file = Path.GetFullPath(path);
        if (Root(file) is not { } root)
            return new KubeconfigFile(null, Empty, Empty, Empty);

        var top = new KubeconfigEntry(file, "kubeconfig", root);
        if (top.Text("kind") is { } kind && kind != "Config")
            throw LoadTestException.Invalid($"{file}: kind: got '{kind}'; expected Config: this is not a kubeconfig");

        return new KubeconfigFile(top.Text("current-context"), Named(top, "contexts", "context"), Named(top, "clusters", "cluster"),
            Named(top, "users", "user"));
    }

    private static Dictionary<string, KubeconfigEntry> Empty => [];

    private static Dictionary<object, object?>? Root(string file)
    {
        try
        {
            return YamlText.Read<object?>(UserFile.Text(file)) switch
            {
                null => null,
                Dictionary<object, object?> root => root,
                _ => throw LoadTestException.Invalid(
                    $"{file}: expected a kubeconfig, YAML with clusters, users and contexts; it holds something else"),
            };
        }
        catch (YamlException error)
        {
            throw LoadTestException.Invalid($"{file}, line {error.Start.Line}: not YAML: {error.Message}");
        }
    }

    private static Dictionary<string, KubeconfigEntry> Named(KubeconfigEntry top, string list, string content)
    {
        var named = Empty;
        foreach (var entry in top.Entries(list))
        {
            var name = entry.Text("name") ?? throw LoadTestException.Invalid($"{top.File}: {list}: an entry has no name");
            var values = entry.Mapping(content)?.Values ?? new Dictionary<object, object?>();
            if (!named.TryAdd(name, new KubeconfigEntry(top.File, $"{list}[{name}].{content}", values)))
                throw LoadTestException.Invalid($"{top.File}: {list}: the name '{name}' appears twice");
        }

        return named;
    }
}
