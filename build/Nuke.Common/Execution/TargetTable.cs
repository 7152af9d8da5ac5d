namespace Nuke.Common.Execution;

/// <summary>The table of targets at the end of a build.</summary>
internal static class TargetTable
{
    private const int StatusWidth = 10;
    private const int DurationWidth = 10;
    private const int NameWidthAtLeast = 19;
    private const int NameMargin = 4;

    // Survives where hosts trim or fold blanks.
    private const char Blank = '\u00A0';

    public static void Write(IReadOnlyList<ExecutableTarget> plan)
    {
        var nameWidth = Math.Max(plan.Max(target => target.Name.Length) + NameMargin, NameWidthAtLeast);
        var width = nameWidth + StatusWidth + DurationWidth;
        Host.Debug();
        Host.Debug(new string('═', width));
        Host.Information(Row("Target", "Status", "Duration"));
        Host.Debug(new string('─', width));
        foreach (var target in plan.Where(target => target.Status != ExecutionStatus.Collective))
            WriterOf(target.Status)(Row(target.Name, target.Status.ToString(), DurationOf(target), SummaryOf(target)));
        Host.Debug(new string('─', width));
        Host.Information(Row("Total", string.Empty, Format(new(plan.Sum(target => target.Stopwatch.Elapsed.Ticks)))));
        Host.Debug(new string('═', width));

        string Row(string name, string status, string duration, string summary = "") =>
            name.PadRight(nameWidth, Blank) + status.PadRight(StatusWidth, Blank) + duration.PadLeft(DurationWidth, Blank) + summary;
    }

    /// <summary>Minutes and seconds, <c>1:05</c>.</summary>
    private static string Format(TimeSpan duration) =>
        duration.TotalSeconds < 1 ? "< 1sec" : $"{(int)duration.TotalMinutes}:{duration:ss}";

    private static string DurationOf(ExecutableTarget target) =>
        target.Status is ExecutionStatus.Succeeded or ExecutionStatus.Failed or ExecutionStatus.Aborted
            ? Format(target.Stopwatch.Elapsed)
            : string.Empty;

    private static string SummaryOf(ExecutableTarget target) => target.SummaryInformation.Count == 0
        ? string.Empty
        : $"{Blank}{Blank}{Blank}// {string.Join(", ", target.SummaryInformation.Select(pair => $"{pair.Key}: {pair.Value}"))}";

    private static Action<string> WriterOf(ExecutionStatus status) => status switch
    {
        ExecutionStatus.Succeeded => Host.Success,
        ExecutionStatus.Failed => Host.Error,
        ExecutionStatus.Skipped => Host.Debug,
        _ => Host.Warning,
    };
}
