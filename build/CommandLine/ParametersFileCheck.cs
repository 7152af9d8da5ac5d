using System.Text.Json;

namespace CommandLine;

/// <summary>Finds what NUKE would ignore in .nuke/parameters.json and the profiles: broken JSON, unknown keys, wrong values.</summary>
internal static class ParametersFileCheck
{
    /// <summary>Every problem of parameters.json and of the requested profiles.</summary>
    /// <param name="folder">The .nuke folder.</param>
    /// <param name="profiles">The profiles.</param>
    /// <param name="catalog">The parameters there are.</param>
    public static IEnumerable<ParameterProblem> Folder(string folder, IReadOnlyList<string> profiles, Catalog catalog)
    {
        foreach (var profile in profiles.Where(profile => !File.Exists(Path.Combine(folder, $"parameters.{profile}.json"))))
        {
            var names = Profile.Names(folder);
            yield return new ParameterProblem("--profile", profile, names.Count == 0
                ? $"a profile, and {folder} has none: write parameters.{profile}.json there"
                : $"one of {string.Join(", ", names)}{Spelling.DidYouMean(profile, names)}");
        }

        foreach (var file in (string[])["parameters.json", .. profiles.Select(profile => $"parameters.{profile}.json")])
        {
            var path = Path.Combine(folder, file);
            foreach (var problem in File.Exists(path) ? Problems($".nuke/{file}", File.ReadAllText(path), catalog) : [])
                yield return problem;
        }
    }

    /// <summary>Every problem of a file.</summary>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="json">Its text.</param>
    /// <param name="catalog">The parameters there are.</param>
    public static IReadOnlyList<ParameterProblem> Problems(string name, string json, Catalog catalog)
    {
        try
        {
            using var document = JsonDocument.Parse(
                json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? [.. document.RootElement.EnumerateObject().Where(entry => !entry.Name.StartsWith('$'))
                    .Select(entry => Problem(name, entry, catalog)).OfType<ParameterProblem>()]
                : [new ParameterProblem(name, document.RootElement.ValueKind.ToString(), "a JSON object of parameters")];
        }
        catch (JsonException error)
        {
            return [new ParameterProblem(name, $"line {error.LineNumber + 1}: {error.Message}", "a JSON object of parameters")];
        }
    }

    private static ParameterProblem? Problem(string file, JsonProperty entry, Catalog catalog)
    {
        // NUKE compares keys of files to the letter.
        var parameter = catalog.Parameters.FirstOrDefault(parameter => parameter.Name == entry.Name);
        if (parameter is null)
        {
            var near = Spelling.DidYouMean(entry.Name, catalog.Parameters.Select(known => known.Name));
            return new ParameterProblem($"{file}", entry.Name, $"a parameter that exists, spelled as its member{near}");
        }

        if (parameter.TakesMany)
        {
            return entry.Value.ValueKind == JsonValueKind.Array
                ? null
                : new ParameterProblem($"{file}: {entry.Name}", entry.Value.ToString(), "a JSON array");
        }

        return parameter.Refuse(entry.Value.ToString()) is { } expected
            ? new ParameterProblem($"{file}: {entry.Name}", entry.Value.ToString(), expected)
            : null;
    }
}
