namespace LoadTesting.Cluster;

/// <summary>As much of a Status as is needed, also of one that has no kind.</summary>
internal sealed record ApiStatus(string? Message);

/// <summary>Bodies that KubernetesClient has no type for.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ApiStatus))]
internal sealed partial class ClusterJson : JsonSerializerContext;
