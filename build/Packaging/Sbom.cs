using System.Text;
using System.Text.Json;

namespace Packaging;

/// <summary>
/// What a packed program is made of, in CycloneDX 1.6 (ECMA-424): the packages of the lock file with their licences and what needs
/// what, and the runtime that comes along. Packages that only the compiler uses are there with scope "excluded".
/// </summary>
internal static class Sbom
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    /// <summary>The text of the bill of materials.</summary>
    /// <param name="program">The program's name.</param>
    /// <param name="version">Its version.</param>
    /// <param name="packages">Its packages.</param>
    public static string Write(string program, string version, IReadOnlyList<Package> packages)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Indented))
        {
            json.WriteStartObject();
            json.WriteString("bomFormat", "CycloneDX");
            json.WriteString("specVersion", "1.6");
            json.WriteNumber("version", 1);
            json.WriteStartObject("metadata");
            json.WriteStartObject("component");
            Identity(json, "application", program, version, $"{program}@{version}");
            Licence(json, "MIT");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartArray("components");
            foreach (var package in packages)
                Component(json, package);
            json.WriteEndArray();
            Dependencies(json, $"{program}@{version}", packages);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    /// <summary>The same for people: name, version and licence of each, as a table in Markdown.</summary>
    public static string Licences(IEnumerable<Package> packages) =>
        $"| package | version | licence |\n|---|---|---|\n{string.Concat(packages.Where(package => package.IsShipped).Select(package => $"| {package.Id} | {package.Version} | {package.Licence} |\n"))}";

    /// <summary>The packages of a lock file, and the runtime that a published program brings along, sorted by name.</summary>
    /// <param name="lockFile">The text of packages.lock.json.</param>
    /// <param name="shipped">The text of the published program's .deps.json.</param>
    /// <param name="licenceOf">The licence of a package by name and version.</param>
    /// <exception cref="LoadTestException">What was published is not what is locked.</exception>
    public static IReadOnlyList<Package> Packages(string lockFile, string shipped, Func<string, string, string> licenceOf)
    {
        var published = Published(shipped);
        using var document = JsonDocument.Parse(lockFile);
        var locked = document.RootElement.GetProperty("dependencies").EnumerateObject().First().Value.EnumerateObject()
            .Where(entry => entry.Value.GetProperty("type").GetString() != "Project")
            .Select(entry => (Id: entry.Name, Version: entry.Value.GetProperty("resolved").GetString()!, Needs: (IReadOnlyList<string>)Needs(entry.Value)))
            .ToDictionary(entry => entry.Id, StringComparer.OrdinalIgnoreCase);
        var others = published.Keys.Where(id => !locked.ContainsKey(id)).Select(id => (Id: id, Version: published[id], Needs: (IReadOnlyList<string>)[]));
        if (locked.Values.FirstOrDefault(entry => published.TryGetValue(entry.Id, out var version) && version != entry.Version) is { Id: { } changed })
            throw new LoadTestException($"{changed} {published[changed]} was published, and {locked[changed].Version} is in the lock file: dotnet restore build writes it anew.");

        return
        [
            .. locked.Values.Concat(others)
                .Select(entry => new Package(entry.Id, entry.Version, licenceOf(entry.Id, entry.Version), published.ContainsKey(entry.Id), [.. entry.Needs.Where(locked.ContainsKey)]))
                .OrderBy(package => package.Id, StringComparer.OrdinalIgnoreCase),
        ];
    }

    private static string[] Needs(JsonElement entry) =>
        entry.TryGetProperty("dependencies", out var dependencies) ? [.. dependencies.EnumerateObject().Select(dependency => dependency.Name)] : [];

    private static Dictionary<string, string> Published(string shipped)
    {
        using var document = JsonDocument.Parse(shipped);
        return document.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() is "package" or "runtimepack")
            .Select(library => library.Name.Split('/'))
            .ToDictionary(words => words[0].Replace("runtimepack.", "", StringComparison.Ordinal), words => words[1], StringComparer.OrdinalIgnoreCase);
    }

    private static void Component(Utf8JsonWriter json, Package package)
    {
        json.WriteStartObject();
        Identity(json, "library", package.Id, package.Version, package.Url);
        json.WriteString("purl", package.Url);
        json.WriteString("scope", package.IsShipped ? "required" : "excluded");
        Licence(json, package.Licence);
        json.WriteEndObject();
    }

    private static void Identity(Utf8JsonWriter json, string type, string name, string version, string reference)
    {
        json.WriteString("type", type);
        json.WriteString("bom-ref", reference);
        json.WriteString("name", name);
        json.WriteString("version", version);
    }

    private static void Licence(Utf8JsonWriter json, string licence)
    {
        json.WriteStartArray("licenses");
        json.WriteStartObject();
        if (Package.IsExpression(licence))
        {
            json.WriteString("expression", licence);
        }
        else
        {
            json.WriteStartObject("license");
            json.WriteString("name", licence);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Dependencies(Utf8JsonWriter json, string program, IReadOnlyList<Package> packages)
    {
        var urls = packages.ToDictionary(package => package.Id, package => package.Url, StringComparer.OrdinalIgnoreCase);
        var needed = packages.SelectMany(package => package.Needs).ToHashSet(StringComparer.OrdinalIgnoreCase);
        json.WriteStartArray("dependencies");
        Needing(json, program, packages.Where(package => !needed.Contains(package.Id)).Select(package => package.Url));
        foreach (var package in packages)
            Needing(json, package.Url, package.Needs.Select(need => urls[need]));
        json.WriteEndArray();
    }

    private static void Needing(Utf8JsonWriter json, string reference, IEnumerable<string> needs)
    {
        json.WriteStartObject();
        json.WriteString("ref", reference);
        json.WriteStartArray("dependsOn");
        foreach (var need in needs)
            json.WriteStringValue(need);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
