namespace LoadTesting.Cluster.Kubeconfigs;

/// <summary>The cluster and the user of a kubeconfig's context.</summary>
/// <param name="Name">The context's name.</param>
/// <param name="Cluster">How the API server is reached.</param>
/// <param name="User">Who asks.</param>
internal sealed record KubeconfigContext(string Name, KubeconfigEntry Cluster, KubeconfigEntry User)
{
    /// <summary>
    /// The context that the parameters name, as kubectl finds it: the files of a list are merged, the first to name something wins, those
    /// that do not exist are ignored.
    /// </summary>
    /// <returns>Null when the default kubeconfig is meant and does not exist: then there is no cluster to look at.</returns>
    public static KubeconfigContext? Find(LiveKitParameters parameters, string home)
    {
        var paths = parameters.Kubeconfig.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(path => UserFile.Expanded(path, home))
            .ToList();
        var files = paths.Where(File.Exists).Select(KubeconfigFile.Read).ToList();
        if (files.Count > 0)
            return Of(files, string.Join(Path.PathSeparator, paths.Where(File.Exists)), parameters.Context);

        return parameters.Kubeconfig == new LiveKitParameters().Kubeconfig && parameters.Context is null
            ? null
            : throw LoadTestException.Invalid(
                $"--kubeconfig: got '{parameters.Kubeconfig}', {UserFile.Missing(paths.FirstOrDefault() ?? "")}; expected the kubeconfig "
                + "of the cluster that LiveKit runs in");
    }

    private static KubeconfigContext Of(List<KubeconfigFile> files, string paths, string? wanted)
    {
        var contexts = Merged(files, file => file.Contexts);
        var known = contexts.Count == 0
            ? "it has none"
            : $"its contexts are {contexts.Keys.Order(StringComparer.Ordinal).Listed()}";
        var name = wanted ?? files.Select(file => file.CurrentContext).FirstOrDefault(current => current is not null)
            ?? throw LoadTestException.Invalid($"{paths}: current-context: not set; expected the name of a context: {known}",
                "--context NAME chooses one.");
        if (!contexts.TryGetValue(name, out var context))
            throw LoadTestException.Invalid(
                $"{(wanted is null ? $"{paths}: current-context" : "--context")}: got '{name}', which {paths} does not have: {known}");

        return new KubeconfigContext(name, Named(context, "cluster", Merged(files, file => file.Clusters)),
            Named(context, "user", Merged(files, file => file.Users)));
    }

    private static Dictionary<string, KubeconfigEntry> Merged(
        List<KubeconfigFile> files, Func<KubeconfigFile, IReadOnlyDictionary<string, KubeconfigEntry>> part) =>
        files.SelectMany(part).DistinctBy(entry => entry.Key).ToDictionary();

    private static KubeconfigEntry Named(KubeconfigEntry context, string kind, Dictionary<string, KubeconfigEntry> entries)
    {
        var name = context.Text(kind) ?? throw context.Fault(kind, $"not set; expected the name of a {kind}");
        return entries.TryGetValue(name, out var entry)
            ? entry
            : throw context.Fault(kind,
                $"got '{name}', which does not exist; expected one of {entries.Keys.Order(StringComparer.Ordinal).Listed()}");
    }
}
