using LoadTesting.Phases;
using Reporting.Summary;
using Reporting.Text;
using Spectre.Console;

/// <summary>What Capacity does and shows.</summary>
internal sealed partial class Build
{
    async Task FindCapacity(PhaseContext context, CancellationToken cancellation)
    {
        var report = await new CapacityPhase(context).RunAsync(cancellation);
        Show(report);
        _log.Say($"The steps are in {context.Results.File(CapacityPhase.Page)}.");
        CapacityPhase.Require(report);
    }

    private static void Show(CapacityReport report)
    {
        var table = new Table().Border(TableBorder.Minimal)
            .AddColumns("participants", "outcome", "time to join", "audio delivered", "generator CPU");
        foreach (var step in report.Steps)
        {
            table.AddRow(
                Format.Show(step.Participants, Unit.Count), Phrases.For(step.Outcome), Format.Show(step.JoinTimeP95Seconds, Unit.Seconds),
                Format.Show(step.AudioDeliveryRatio, Unit.Ratio), Format.Show(step.GeneratorCpuPeakRatio, Unit.Ratio));
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(report.Finding.Sentence);
    }
}
