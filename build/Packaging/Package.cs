using System.Xml.Linq;

namespace Packaging;

/// <summary>A NuGet package that the program is made of.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Licence">Its licence: an SPDX expression, or else where it is written.</param>
/// <param name="IsShipped">Whether it is in what is published; else only the compiler uses it.</param>
/// <param name="Needs">Names of the packages that it needs.</param>
internal sealed record Package(string Id, string Version, string Licence, bool IsShipped, IReadOnlyList<string> Needs)
{
    /// <summary>Its package URL, https://github.com/package-url/purl-spec.</summary>
    public string Url => $"pkg:nuget/{Id}@{Version}";

    /// <summary>Whether a licence is an SPDX expression.</summary>
    public static bool IsExpression(string licence) => !licence.Contains(':', StringComparison.Ordinal);

    /// <summary>The licence that a package of the cache says it has.</summary>
    /// <param name="cache">The folder of restored packages.</param>
    /// <param name="id">Its name.</param>
    /// <param name="version">Its version.</param>
    /// <exception cref="LoadTestException">The package is not in the cache, or names no licence.</exception>
    public static string LicenceOf(string cache, string id, string version)
    {
        var (name, folder) = (id.ToLowerInvariant(), Path.Combine(cache, id.ToLowerInvariant(), version));
        var nuspec = Path.Combine(folder, $"{name}.nuspec");
        if (!File.Exists(nuspec))
            throw new LoadTestException($"{nuspec} is missing, so the licence of {id} is not known: dotnet restore build brings it.");

        var metadata = XDocument.Load(nuspec).Root!.Elements().First().Elements().ToList();
        var licence = metadata.Find(element => element.Name.LocalName == "license");
        var url = metadata.Find(element => element.Name.LocalName == "licenseUrl");
        return (licence?.Attribute("type")?.Value, licence?.Value, url?.Value) switch
        {
            ("expression", { } expression, _) => expression,
            ("file", { } file, _) => $"in the package: {file}",
            (_, _, { Length: > 0 } at) => at,
            _ => throw new LoadTestException($"{nuspec} names no licence: a package without one can not be passed on."),
        };
    }
}
