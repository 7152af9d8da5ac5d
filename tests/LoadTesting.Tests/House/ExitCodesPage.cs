using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace LoadTesting.Tests.House;

/// <summary>
/// docs/reference/exit-codes.md is what the code says of its exit codes, and the README has the same ones; UPDATE_GOLDEN=1 writes the page.
/// </summary>
public sealed partial class ExitCodesPage
{
    private static readonly IReadOnlyList<(int Code, string Name)> Codes =
        [.. typeof(ExitCodes).GetFields().Select(field => ((int)field.GetRawConstantValue()!, field.Name)).Order()];

    [Fact]
    public async Task Is_what_the_code_says()
    {
        var page = Checkout.At( "docs", "reference", "exit-codes.md");
        var said = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "LoadTesting.xml")).Descendants("member")
            .Where(member => ((string)member.Attribute("name")!).StartsWith($"F:{typeof(ExitCodes).FullName}.", StringComparison.Ordinal))
            .ToDictionary(member => (string)member.Attribute("name")!, member => ((string)member.Element("summary")!).Trim(),
                StringComparer.Ordinal);
        var expected = $"""
            # Exit codes

            The worst verdict wins, and a target that fails wins over the Destroy after it. In a shell: `./build.sh Report || echo "exit code $?"`.

            | code | |
            |---|---|
            {string.Join('\n', Codes.Select(code => $"| {code.Code} | {said[$"F:{typeof(ExitCodes).FullName}.{code.Name}"]} |"))}

            """;
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
            await File.WriteAllTextAsync(page, expected, TestContext.Current.CancellationToken);

        (await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken)).ShouldBe(expected, "UPDATE_GOLDEN=1 writes the page");
    }

    [Fact]
    public void Has_the_codes_of_the_readme()
    {
        var readme = File.ReadAllText(Checkout.At( "README.md"));
        var table = readme[readme.IndexOf("| exit code |", StringComparison.Ordinal)..];

        Row().Matches(table[..table.IndexOf("\n\n", StringComparison.Ordinal)])
            .Select(row => int.Parse(row.Groups["code"].Value, System.Globalization.CultureInfo.InvariantCulture))
            .Order().ShouldBe(Codes.Select(code => code.Code));
    }

    [GeneratedRegex(@"^\| (?<code>[0-9]+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
