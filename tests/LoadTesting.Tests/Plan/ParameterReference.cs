using System.Text;

namespace LoadTesting.Tests.Plan;

/// <summary>docs/reference/parameters.md says what the help texts say. UPDATE_GOLDEN=1 writes it.</summary>
public sealed class ParameterReference
{
    [Fact]
    public async Task Is_that_of_the_help_texts()
    {
        var reference = Checkout.At("docs", "reference", "parameters.md");
        var expected = Page();
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
            await File.WriteAllTextAsync(reference, expected, TestContext.Current.CancellationToken);

        var page = await File.ReadAllTextAsync(reference, TestContext.Current.CancellationToken);
        page.ShouldBe(expected, "a parameter has changed: UPDATE_GOLDEN=1 writes the page");
    }

    private static string Page()
    {
        var page = new StringBuilder("""
            # Parameters

            Set a parameter on the command line (`--instance-count 20`), in the environment (`INSTANCE_COUNT=20`), in a profile
            (`.nuke/parameters.NAME.json`, `--profile NAME`) or in `.nuke/parameters.json`. If several set it, the first of these wins.
            `./build.sh --help` lists the same parameters. Those with a * are secrets. Set them in the environment, or in a parameters file
            that `nuke :secrets` (NUKE's global tool) has encrypted; every user of the machine can see a command line.

            """);
        foreach (var group in CatalogueOfParameters.All.GroupBy(entry => entry.Group))
        {
            page.Append($"\n## {group.Key}\n\n| parameter | what it is | values | default | example |\n|---|---|---|---|---|\n");
            foreach (var entry in group)
                page.Append(Row(entry));
        }

        return page.ToString();
    }

    private static string Row(CatalogueEntry entry)
    {
        var help = entry.Help;
        var name = $"`{entry.Dashed}`{(entry.IsSecret ? " *" : "")}";
        return $"| {name} | {Cell(help.Meaning)} | {Values(entry)} | {Cell(help.Default)} | {Code(help.Example)} |\n";
    }

    private static string Values(CatalogueEntry entry) => entry.Help.Choices is { Count: > 0 } choices
        ? string.Join(", ", choices.Select(Code))
        : string.Join(", ", new[] { entry.Kind, entry.Help.Range?.Text }.OfType<string>());

    private static string Code(string? text) => text is null ? "" : $"`{Cell(text)}`";

    private static string Cell(string? text) => (text ?? "").Replace("|", "\\|", StringComparison.Ordinal);
}
