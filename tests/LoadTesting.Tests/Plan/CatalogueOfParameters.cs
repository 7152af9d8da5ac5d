using System.Reflection;
using System.Text.Json;

namespace LoadTesting.Tests.Plan;

/// <summary>The parameters: the help texts of the engine, and what the build's own schema says of each.</summary>
internal static class CatalogueOfParameters
{
    private static readonly (string Title, Type Help)[] Classes =
    [
        ("Fleet", typeof(FleetHelp)),
        ("Inventory", typeof(InventoryHelp)),
        ("OpenStack", typeof(OpenStackHelp)),
        ("SSH", typeof(SshHelp)),
        ("Software on the hosts", typeof(SoftwareHelp)),
        ("Load", typeof(LoadHelp)),
        ("Capacity", typeof(CapacityHelp)),
        ("LiveKit and its cluster", typeof(LiveKitHelp)),
        ("Results", typeof(ResultsHelp)),
        ("Rehearsal, tests and packages", typeof(ToolHelp)),
    ];

    /// <summary>All parameters, in the order of the classes and of the constants in them.</summary>
    public static IReadOnlyList<CatalogueEntry> All { get; } =
    [
        .. Classes.SelectMany(group => group.Help.GetFields(BindingFlags.Static | BindingFlags.Public), (group, field) =>
            new CatalogueEntry(
            group.Title, field.Name, new ParameterHelp((string)field.GetRawConstantValue()!),
            Schema.TryGetProperty(field.Name, out var property) ? property : default)),
    ];

    /// <summary>The parameters in the schema that the build wrote last, without NUKE's own.</summary>
    public static JsonElement Schema =>
        JsonDocument.Parse(File.ReadAllBytes(Checkout.At(".nuke", "build.schema.json")))
            .RootElement.GetProperty("allOf").EnumerateArray()
            .First(part => part.TryGetProperty("properties", out _)).GetProperty("properties");
}

/// <summary>A parameter.</summary>
/// <param name="Group">The heading that it is under.</param>
/// <param name="Name">Its name in code.</param>
/// <param name="Help">Its help text.</param>
/// <param name="Schema">Its part of the schema.</param>
internal sealed record CatalogueEntry(string Group, string Name, ParameterHelp Help, JsonElement Schema)
{
    public string Dashed =>
        "-" + string.Concat(Name.Select(letter => char.IsUpper(letter) ? $"-{letter}" : $"{letter}")).ToLowerInvariant();

    public bool IsSecret => Schema.TryGetProperty("default", out _);

    public bool IsSwitch => Is("boolean");

    public string? Kind =>
        IsSwitch ? "true or false" : Is("integer") ? "whole number" : Is("number") ? "number" : Help.Range is null ? null : "duration";

    private bool Is(string type) => Schema.GetProperty("type").GetRawText().Contains($"\"{type}\"", StringComparison.Ordinal);
}
