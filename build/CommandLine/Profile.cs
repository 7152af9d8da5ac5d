using System.Text.Json;

namespace CommandLine;

/// <summary>A set of parameters that has a name: <c>.nuke/parameters.NAME.json</c>.</summary>
/// <param name="Name">Its name, for <c>--profile</c>.</param>
/// <param name="Purpose">What it is for, from its <c>$purpose</c>; empty when it has none.</param>
internal sealed record Profile(string Name, string Purpose)
{
    private const string Prefix = "parameters.";
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The names of a folder's profiles, sorted.</summary>
    /// <param name="folder">The .nuke folder.</param>
    public static IReadOnlyList<string> Names(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, $"{Prefix}*.json")
            .Select(file => Path.GetFileNameWithoutExtension(file)[Prefix.Length..]).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>A folder's profiles, sorted by name. One that is no JSON has no purpose: it is refused where it is requested.</summary>
    /// <param name="folder">The .nuke folder.</param>
    public static IReadOnlyList<Profile> In(string folder) =>
        [.. Names(folder).Select(name => new Profile(name, ValueOf(folder, name, "$purpose") ?? ""))];

    /// <summary>The cloud that a profile names; null when it names none.</summary>
    /// <param name="folder">The .nuke folder.</param>
    /// <param name="name">The profile.</param>
    public static string? CloudOf(string folder, string name) => Names(folder).Contains(name) ? ValueOf(folder, name, "Cloud") : null;

    private static string? ValueOf(string folder, string name, string property)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, $"{Prefix}{name}.json")), Lenient);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(property, out var value)
                ? value.ToString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
