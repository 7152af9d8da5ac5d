using System.Text.Json;
using System.Text.Json.Nodes;

namespace Packaging;

/// <summary>
/// What a packed program is made of, in CycloneDX 1.6 (ECMA-424). The CycloneDX tool writes it from the packages that a restore resolved.
/// Added here is what the tool cannot know: the runtime that is packed too, and which packages only the compiler uses (scope "excluded").
/// </summary>
internal static class Sbom
{
    /// <summary>The file of it, beside the program.</summary>
    public const string FileName = "sbom.cdx.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>The packages that a restore resolved, and the runtime of the published program among them.</summary>
    /// <param name="assets">The text of project.assets.json.</param>
    /// <param name="published">The text of the published program's .deps.json.</param>
    public static string WithRuntime(string assets, string published)
    {
        var resolved = JsonNode.Parse(assets)!;
        foreach (var (framework, direct) in resolved["projectFileDependencyGroups"]!.AsObject())
        {
            foreach (var pack in Published(published, "runtimepack"))
            {
                direct!.AsArray().Add(pack.Replace("/", " >= ", StringComparison.Ordinal));
                resolved["targets"]![framework]![pack] = new JsonObject { ["type"] = "package" };
            }
        }

        return resolved.ToJsonString();
    }

    /// <summary>The bill of materials and, for people, a table in Markdown of the packages in the archive with their licences.</summary>
    /// <param name="written">What the tool wrote.</param>
    /// <param name="lockFile">The text of packages.lock.json.</param>
    /// <param name="published">The text of the published program's .deps.json.</param>
    /// <exception cref="LoadTestException">The packages are not those of the lock file, or one of them names no licence.</exception>
    public static (string Sbom, string Licences) Complete(string written, string lockFile, string published)
    {
        var sbom = JsonNode.Parse(written)!;
        sbom["metadata"]!.AsObject().Remove("timestamp"); // the same sources give the same text
        sbom["metadata"]!["component"]!["licenses"] = JsonNode.Parse("""[{"license":{"id":"MIT"}}]""");
        var components = sbom["components"]!.AsArray();
        RequireLocked([.. components.Select(Name!).Except(Published(published, "runtimepack"))], lockFile);

        string[] packed = [.. Published(published, "runtimepack"), .. Published(published, "package")];
        foreach (var component in components)
            component!["scope"] = packed.Contains(Name(component)) ? "required" : "excluded";

        var rows = components.ToLookup(
            component => packed.Contains(Name(component!)),
            component => $"| {component!["name"]} | {component["version"]} | {Licence(component)} |\n");
        return ($"{sbom.ToJsonString(Indented)}\n", $"| package | version | licence |\n|---|---|---|\n{string.Concat(rows[true])}");
    }

    private static void RequireLocked(string[] packages, string lockFile)
    {
        using var document = JsonDocument.Parse(lockFile);
        string[] locked =
        [
            .. document.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject())
                .Where(entry => entry.Value.GetProperty("type").GetString() != "Project")
                .Select(entry => $"{entry.Name}/{entry.Value.GetProperty("resolved").GetString()}"),
        ];
        if (!packages.ToHashSet().SetEquals(locked))
        {
            throw new LoadTestException($"The packages to pack are not those of build/packages.lock.json: got {Only(packages, locked)}, "
                + $"expected {Only(locked, packages)}; dotnet restore build updates the lock file.");
        }

        static string Only(string[] these, string[] those) =>
            these.Except(those).ToList() is { Count: > 0 } only ? string.Join(", ", only) : "no other";
    }

    /// <summary>Names of libraries of a published program, NAME/VERSION.</summary>
    private static IEnumerable<string> Published(string published, string type)
    {
        using var document = JsonDocument.Parse(published);
        return
        [
            .. document.RootElement.GetProperty("libraries").EnumerateObject()
                .Where(library => library.Value.GetProperty("type").GetString() == type)
                .Select(library => library.Name.Replace("runtimepack.", "", StringComparison.Ordinal)),
        ];
    }

    private static string Name(JsonNode component) => $"{component["name"]}/{component["version"]}";

    /// <summary>SPDX identifiers; of a package without one, the address of its licence or the name that the tool gives it.</summary>
    private static string Licence(JsonNode component) =>
        component["licenses"] is JsonArray { Count: > 0 } licences
            ? string.Join(", ", licences.Select(choice => choice!["license"]!).Select(with => with["id"] ?? with["url"] ?? with["name"]))
            : throw new LoadTestException($"{Name(component)} names no licence: a package without one can not be passed on.");
}
