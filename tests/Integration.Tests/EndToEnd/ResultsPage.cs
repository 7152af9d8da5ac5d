using System.Text.RegularExpressions;

namespace Integration.Tests.EndToEnd;

/// <summary>docs/reference/results.md has every file that a run leaves, and none that it does not.</summary>
public sealed partial class ResultsPage : IDisposable
{
    /// <summary>What one rehearsal of Report does not leave: what Capacity, a standing fleet, and the run before leave.</summary>
    private static readonly string[] OfOthers = ["capacity.json", "capacity.md", "capacity.html", "history/", "vm-01/ended-early"];
    private readonly Operator _operator = new();

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task Has_every_file_of_a_run_and_no_other()
    {
        var said = await _operator.RunAsync("Report --profile rehearsal --instance-count 1 --test-duration 6s");

        said.ExitCode.ShouldBe(0, said.Text);
        var written = Documented().ToList();
        var there = Directory.EnumerateFiles(_operator.Results, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_operator.Results, file)).ToList();
        there.Where(file => !written.Exists(entry => entry.EndsWith('/') ? file.StartsWith(entry, StringComparison.Ordinal)
            && !written.Exists(other => other != entry && other.StartsWith(entry, StringComparison.Ordinal)) : file == entry))
            .ShouldBeEmpty("files that the page lacks");
        written.Where(entry => !OfOthers.Any(other => entry.StartsWith(other, StringComparison.Ordinal))
            && !there.Exists(file => file == entry || (entry.EndsWith('/') && file.StartsWith(entry, StringComparison.Ordinal))))
            .ShouldBeEmpty("files that there are not");
    }

    /// <summary>The tree of the page as paths; a folder ends with a slash.</summary>
    private static IEnumerable<string> Documented()
    {
        var page = File.ReadAllText(Path.Combine(Operator.Checkout, "docs", "reference", "results.md"));
        var folders = new List<(int Indent, string Path)>();
        foreach (Match entry in Entry().Matches(page[..page.IndexOf("\n## ", StringComparison.Ordinal)]))
        {
            var indent = entry.Groups["indent"].Length;
            folders.RemoveAll(folder => folder.Indent >= indent);
            var above = folders.Count == 0 ? "" : folders[^1].Path;
            foreach (var name in entry.Groups["names"].Value.Split(", "))
            {
                yield return above + name;
                if (name.EndsWith('/'))
                    folders.Add((indent, above + name));
            }
        }
    }

    [GeneratedRegex("^(?<indent> {6,})(?<names>[a-z][^ ,\n]*(, [^ ,\n]+)*|history/<run id>/)(  |$)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Entry();
}
