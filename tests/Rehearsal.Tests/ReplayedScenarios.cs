using Reporting.Summary;

namespace Rehearsal.Tests;

/// <summary>The summary of each scenario's run, which is replayed once.</summary>
public sealed class ReplayedScenarios : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scenarios-");
    private readonly Dictionary<string, Task<RunSummary>> _summaries = new(StringComparer.Ordinal);

    /// <summary>The scenarios in which a load is made.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. ParameterHelp.ChoicesOf(ToolHelp.RehearsalScenario).Except(NamesWithoutLoad)];

    /// <summary>The scenarios in which none is.</summary>
    public static IReadOnlyList<string> NamesWithoutLoad => ["no-host", "quota"];

    public Task<RunSummary> SummaryAsync(string scenario)
    {
        if (!_summaries.TryGetValue(scenario, out var summary))
        {
            var shared = _folder.CreateSubdirectory("shared").FullName;
            var run = new ReplayedRun(scenario, _folder.CreateSubdirectory(scenario).FullName, shared);
            _summaries[scenario] = summary = run.SummarizeAsync(TestContext.Current.CancellationToken);
        }

        return summary;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
