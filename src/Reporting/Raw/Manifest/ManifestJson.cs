namespace Reporting.Raw.Manifest;

/// <summary>How run.json is written and read.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never)]
[JsonSerializable(typeof(RunManifest))]
[JsonSerializable(typeof(IReadOnlyList<PhaseRun>))]
[JsonSerializable(typeof(IDictionary<string, JsonElement>))]
public sealed partial class ManifestJson : JsonSerializerContext
{
    /// <summary>A manifest as the text of run.json.</summary>
    public static string Text(RunManifest manifest) => JsonSerializer.Serialize(manifest, Default.RunManifest);
}
