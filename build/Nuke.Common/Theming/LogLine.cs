using Serilog.Events;

namespace Nuke.Common.Execution.Theming;

/// <summary>A log event as a line on the console.</summary>
/// <param name="withTime">Whether the line begins with the time.</param>
/// <param name="withTarget">Whether the line names the target and leaves the exception out, as in the list at the end.</param>
internal sealed class LogLine(bool withTime, bool withTarget)
{
    private static readonly Segment NewLine = new(null, Environment.NewLine);

    public IReadOnlyList<Segment> Format(LogEvent logEvent)
    {
        var (name, style) = LevelOf(logEvent.Level);
        List<Segment> line = [.. Beginning(logEvent), new(style, name), new(Style.Tertiary, "] ")];
        if (withTarget)
        {
            line.Add(new(Style.Secondary, Logging.TargetOf(logEvent)));
            line.Add(new(Style.Tertiary, ": "));
        }

        line.AddRange(MessageSegments.Of(logEvent));
        line.Add(NewLine);
        if (!withTarget && logEvent.Exception is { } exception)
            line.AddRange(Lines(exception));
        return line;
    }

    private static (string Name, Style Style) LevelOf(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose => ("VRB", Style.Verbose),
        LogEventLevel.Debug => ("DBG", Style.Debug),
        LogEventLevel.Information => ("INF", Style.Information),
        LogEventLevel.Warning => ("WRN", Style.Warning),
        LogEventLevel.Error => ("ERR", Style.Error),
        _ => ("FTL", Style.Fatal),
    };

    // Stack frames are indented, and less important than the rest.
    private static IEnumerable<Segment> Lines(Exception exception) =>
        exception.ToString().ReplaceLineEndings("\n").Split('\n')
            .SelectMany(text => new[] { new Segment(text.StartsWith("   ", StringComparison.Ordinal) ? Style.Secondary : Style.Text, text), NewLine });

    private IEnumerable<Segment> Beginning(LogEvent logEvent) => withTime
        ? [new(Style.Secondary, logEvent.Timestamp.ToString("HH:mm:ss")), new(Style.Tertiary, " [")]
        : [new(Style.Tertiary, "[")];
}
