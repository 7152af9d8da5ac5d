using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace BuildTests;

/// <summary>docs/reference/parameters.md says what the build's own schema says. UPDATE_GOLDEN=1 writes it.</summary>
public sealed partial class ParameterReference
{
    [Fact]
    public async Task Is_that_of_the_schema()
    {
        var checkout = ProjectFolder.Repository;
        var reference = Path.Combine(checkout, "docs", "reference", "parameters.md");
        using var schema = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(checkout, ".nuke", "build.schema.json"), TestContext.Current.CancellationToken));
        var own = schema.RootElement.GetProperty("allOf").EnumerateArray().First(part => part.TryGetProperty("properties", out _)).GetProperty("properties");
        var expected = Page(own.EnumerateObject());
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
            await File.WriteAllTextAsync(reference, expected, TestContext.Current.CancellationToken);

        (await File.ReadAllTextAsync(reference, TestContext.Current.CancellationToken)).ShouldBe(expected, "a parameter has changed: UPDATE_GOLDEN=1 writes the page");
    }

    private static string Page(IEnumerable<JsonProperty> parameters)
    {
        var page = new StringBuilder("""
            # Parameters

            A parameter is given on the command line (`--instance-count 20`), in the environment (`INSTANCE_COUNT=20`), in a profile (`.nuke/parameters.NAME.json`,
            `--profile NAME`) or in `.nuke/parameters.json`; the first that says something counts. `./build.sh --help` lists the same. Those with a * are secrets: give them
            in the environment, or in a parameters file that `nuke :secrets` (NUKE's global tool) has encrypted; a command line is seen by every user of the machine.

            | parameter | what it is | default | values |
            |---|---|---|---|

            """);
        foreach (var parameter in parameters)
        {
            var description = parameter.Value.GetProperty("description").GetString()!;
            var secret = description.Length > 0 && parameter.Value.TryGetProperty("default", out _);
            var at = description.IndexOf(" Default is ", StringComparison.Ordinal);
            var (what, preset) = at < 0 ? (description, "") : (description[..at].TrimEnd('.'), description[(at + " Default is ".Length)..]);
            var oneOf = parameter.Value.TryGetProperty("enum", out var values) ? string.Join(", ", values.EnumerateArray().Select(value => $"`{value.GetString()}`")) : "";
            page.Append($"| `--{Words().Replace(parameter.Name, "-${letter}").TrimStart('-').ToLowerInvariant()}`{(secret ? " *" : "")} | {Cell(what)} | {Cell(preset)} | {oneOf} |\n");
        }

        return page.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    [GeneratedRegex("(?<letter>[A-Z])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Words();
}
