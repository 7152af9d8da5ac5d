using static Reporting.Rendering.Markdown.MarkdownText;

namespace Reporting.Rendering.Markdown;

/// <summary><c>results/capacity.md</c>: the answer, and the steps that led to it as a table.</summary>
public static class CapacityMarkdown
{
    /// <summary>The text of capacity.md.</summary>
    public static string Write(CapacityReport report)
    {
        var text = new StringBuilder();
        text.Append("## Capacity\n\n");
        if (report.Replay is { } replay)
            text.Append($"> **Replay, scenario {Escape(replay.Scenario)}.** {Escape(replay.Note)}\n\n");

        text.Append($"**{Sentence(report.Finding.Sentence)}**\n\n");
        text.Append($"Each step was held for {Format.Show(report.StepSeconds, Unit.Seconds)}; it holds when "
            + $"{Escape(report.Thresholds)}.\n\n");
        text.Append("| Participants | Rooms | In the fullest | Outcome | Time to join (p95) | Audio delivered | Received | Generator CPU "
            + "| Why |\n");
        text.Append("|---|---|---|---|---|---|---|---|---|\n");
        foreach (var step in report.Steps)
            text.Append($"| {string.Join(" | ", Cells(step))} |\n");

        return text.ToString();
    }

    private static IEnumerable<string> Cells(CapacityStep step) =>
    [
        Format.Show(step.Participants, Unit.Count),
        Format.Show(step.Rooms, Unit.Count),
        Format.Show(step.ParticipantsInFullestRoom, Unit.Count),
        Phrases.For(step.Outcome),
        Format.Show(step.JoinTimeP95Seconds, Unit.Seconds),
        Format.Show(step.AudioDeliveryRatio, Unit.Ratio),
        Format.Show(step.ReceivedBitsPerSecond, Unit.BitsPerSecond),
        Format.Show(step.GeneratorCpuPeakRatio, Unit.Ratio),
        Escape(step.Reason),
    ];
}
