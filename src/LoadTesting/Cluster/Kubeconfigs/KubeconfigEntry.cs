namespace LoadTesting.Cluster.Kubeconfigs;

/// <summary>A named entry of a kubeconfig and its place, so that an error can name both.</summary>
/// <param name="File">The file, absolute: paths in the entry are relative to its folder.</param>
/// <param name="Field">Where in the file, <c>users[admin].user</c>.</param>
/// <param name="Values">Its fields.</param>
internal sealed record KubeconfigEntry(string File, string Field, IReadOnlyDictionary<object, object?> Values)
{
    /// <summary>A field's text; null when it is absent or empty, which kubectl does not tell apart either.</summary>
    public string? Text(string key) => Values.GetValueOrDefault(key) is string { Length: > 0 } text ? text : null;

    public bool Flag(string key) => Text(key) is "true";

    /// <summary>The texts of a list.</summary>
    public IReadOnlyList<string> List(string key) => Values.GetValueOrDefault(key) is List<object?> list ? [.. list.OfType<string>()] : [];

    /// <summary>The mappings of a list.</summary>
    public IEnumerable<KubeconfigEntry> Entries(string key) =>
        (Values.GetValueOrDefault(key) as List<object?> ?? []).OfType<Dictionary<object, object?>>()
            .Select(values => new KubeconfigEntry(File, $"{Field}.{key}", values));

    public KubeconfigEntry? Mapping(string key) =>
        Values.GetValueOrDefault(key) is Dictionary<object, object?> values ? new KubeconfigEntry(File, $"{Field}.{key}", values) : null;

    /// <summary>A field that is a path, absolute.</summary>
    public string? FilePath(string key) => Text(key) is { } path ? Path.GetFullPath(path, Path.GetDirectoryName(File)!) : null;

    /// <summary>The error that names file and field.</summary>
    public LoadTestException Fault(string key, string fault, string? hint = null) =>
        LoadTestException.Invalid($"{File}: {Field}.{key}: {fault}", hint);
}
