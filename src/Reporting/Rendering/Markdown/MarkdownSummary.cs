using static Reporting.Rendering.Markdown.MarkdownText;

namespace Reporting.Rendering.Markdown;

/// <summary>The summary as GitHub-flavoured Markdown: the first screen of the report, short enough for a step summary.</summary>
public static class MarkdownSummary
{
    /// <summary>Most bytes of the text: a comment on GitHub may have 64 kB.</summary>
    public const int MaxBytes = 60_000;

    private const int MaxRows = 20;

    /// <summary>The text of summary.md.</summary>
    public static string Write(RunSummary summary)
    {
        var text = new StringBuilder();
        text.Append($"## {Icon(summary.Judgement.Verdict)} Load test {Phrases.Outcome(summary).ToLowerInvariant()}\n\n");
        if (summary.Replay is { } replay)
            text.Append($"> **Replay, scenario {Escape(replay.Scenario)}.** {Escape(replay.Note)}\n\n");

        text.Append($"**{Sentence(summary.Judgement.Reason)}**\n\n");
        foreach (var sentence in new[] { summary.Judgement.Advice, summary.Judgement.StillHolds }.OfType<string>())
            text.Append($"{Sentence(sentence)}\n\n");

        text.Append(Escape((summary.Run.NotRun is null ? "" : "Planned: ") + Load(summary.Load))).Append("\n\n");
        if (summary.Run.NotRun is null)
            Measured(text, summary);

        text.Append(Escape(Identity(summary))).Append('\n');
        return Fitting(text.ToString());
    }

    private static void Measured(StringBuilder text, RunSummary summary)
    {
        Table(text, "Figure | Value | Note | Measured by", summary.KeyFigures, figure =>
            [figure.Label, Format.Show(figure.Value, figure.Unit), figure.Note, figure.Source]);
        Table(text, "Threshold | Measured | Outcome", summary.Thresholds, threshold =>
            [threshold.Text, Phrases.Measured(threshold), Phrases.Held(threshold)]);
        Table(text, "Figure | Before | Now | Change", summary.Comparison?.Changes ?? [], change =>
            [change.Label, Format.Show(change.Before, change.Unit), Format.Show(change.Now, change.Unit),
                change.Direction.ToString().ToLowerInvariant()]);
        Placement(text, summary.Cluster?.Placement);
        Published(text, summary.Published);
        Items(text, "What happened", summary.Happenings, Phrases.Timed);
        Items(text, "Noticed", summary.Findings, finding =>
            Phrases.Capital(Phrases.Placed(finding)) + (finding.Cause is { } cause ? $". {Phrases.For(cause)}" : ""));
        Items(text, "Not measured", summary.NotMeasured, missing => $"{missing.What}: {missing.Why}");
    }

    private static string Icon(Verdict verdict) => verdict switch
    {
        Verdict.Passed => "✅",
        Verdict.Inconclusive => "⚠️",
        _ => "❌",
    };

    private static string Load(LoadShape load) =>
        $"{Format.Counted(load.Participants, "participant")} ({load.Roles()}) in {Format.Counted(load.Rooms, "room")} "
        + $"from {Format.Counted(load.Hosts, "load generator")}, held for {Format.Show(load.DurationSeconds, Unit.Seconds)}.";

    private static string Identity(RunSummary summary)
    {
        var cost = summary.Cost is { } known ? Invariant($", cost {known.Total:0.00}") : "";
        return $"Run {summary.Run.RunId}, fleet {summary.Run.Fleet}{cost}.";
    }

    private static void Placement(StringBuilder text, Placement? placement)
    {
        if (placement is null)
            return;

        Table(text, "LiveKit pod | Rooms | Participants | Share", placement.Pods, pod =>
            [pod.Pod, Format.Show(pod.Rooms, Unit.Count), Format.Show(pod.Participants, Unit.Count), Format.Show(pod.Share, Unit.Ratio)]);
        var most = placement.Pods.Count > 1 && placement.ParticipantsMostToMean >= 1.005
            ? Invariant($"The fullest of {placement.Pods.Count} pods had {placement.ParticipantsMostToMean:0.##} times the mean of ")
                + "participants. "
            : "";
        text.Append(Escape(most + placement.RoomsWhere)).Append("\n\n");
    }

    private static void Published(StringBuilder text, PublishedBenchmark? published)
    {
        if (published is null)
            return;

        text.Append($"### Beside LiveKit's published figure: {Escape(published.Name)}\n\n");
        Table(text, "Figure | Published | Measured here | By", published.Figures, figure =>
            [figure.Label, Format.Show(figure.Published, figure.Unit), Format.Show(figure.Measured, figure.Unit), figure.Source]);
        foreach (var difference in published.Differs)
            text.Append($"- {Escape(difference)}\n");

        text.Append('\n');
    }

    private static void Table<T>(StringBuilder text, string header, IReadOnlyList<T> rows, Func<T, string?[]> cells)
    {
        if (rows.Count == 0)
            return;

        text.Append($"| {header} |\n|{string.Concat(Enumerable.Repeat(" --- |", header.Split('|').Length))}\n");
        foreach (var row in rows.Take(MaxRows))
            text.Append($"| {string.Join(" | ", cells(row).Select(Escape))} |\n");

        More(text, rows.Count, "\n");
    }

    private static void Items<T>(StringBuilder text, string title, IReadOnlyList<T> rows, Func<T, string> sentence)
    {
        if (rows.Count == 0)
            return;

        text.Append($"### {title}\n\n");
        foreach (var row in rows.Take(MaxRows))
            text.Append($"- {Item(sentence(row))}\n");

        More(text, rows.Count, "\n");
    }

    private static void More(StringBuilder text, int rows, string before)
    {
        if (rows > MaxRows)
            text.Append(Invariant($"{before}and {rows - MaxRows:#,0} more in the report\n"));

        text.Append('\n');
    }

    // Whole lines only: half a row of a table would spoil the table.
    private static string Fitting(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) <= MaxBytes)
            return text;

        var fitting = new StringBuilder();
        var bytes = 0;
        foreach (var line in text.Split('\n'))
        {
            bytes += Encoding.UTF8.GetByteCount(line) + 1;
            if (bytes > MaxBytes)
                break;

            fitting.Append(line).Append('\n');
        }

        return fitting.Append("\nCut short; the rest is in the report.\n").ToString();
    }
}
