using LoadTesting.Cluster;
using LoadTesting.Phases;
using Spectre.Console;

/// <summary>What Plan shows.</summary>
internal sealed partial class Build
{
    async Task ShowPlan()
    {
        Show(new PlanPhase(Parameters, Provider, ReadOfCluster).Rows());
        await ShowCloud();
        if (!Provider.BringsLiveKit)
            await ShowCluster();
        Show([.. CommandLine.Profile.In(RootDirectory / ".nuke").Select(profile => ($"--profile {profile.Name}", profile.Purpose))]);
        AnsiConsole.WriteLine("Nothing was changed. Run ./build.sh Report to start the test.");
    }

    /// <summary>Asks the cloud whether it has all that, as far as the provider can.</summary>
    private Task ShowCloud() => Phase(PhaseName.Plan, async (CancellationToken token) =>
    {
        if (await Provider.CheckAsync(ProviderContext, CreateEnvironment, token) is { Count: > 0 } rows)
            Show(rows);
    });

    /// <summary>Asks LiveKit whether it accepts the key, and the cluster how many pods there are, where a kubeconfig is at hand.</summary>
    private Task ShowCluster() => Phase(PhaseName.Plan, async (CancellationToken token) =>
    {
        ClusterUnderTest? cluster = null;
        try
        {
            Func<ClusterUnderTest?> open = () => cluster ??= ClusterUnderTest.Open(Parameters.LiveKit, Home, TimeProvider.System);
            using var http = new HttpClient();
            Show([
                .. await new PlannedLiveKit(http, TimeProvider.System).RowsAsync(Parameters.LiveKit, open, token),
                .. await PlannedCluster.RowsAsync(Parameters, open, TimeProvider.System, token),
            ]);
        }
        finally
        {
            cluster?.Dispose();
        }
    });

    private static void Show(IReadOnlyList<(string Name, string Value)> rows)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        foreach (var (name, value) in rows)
            grid.AddRow(new Text(name, new Style(decoration: Decoration.Bold)), new Text(value));
        AnsiConsole.Write(grid);
        AnsiConsole.WriteLine();
    }
}
