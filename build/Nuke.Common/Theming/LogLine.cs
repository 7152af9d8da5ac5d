using System.Globalization;
using Serilog.Events;
using Serilog.Parsing;

namespace Nuke.Common.Execution.Theming;

/// <summary>A log event as a line on the console.</summary>
/// <param name="withTime">Whether the line begins with the time.</param>
/// <param name="withTarget">Whether the line names the target and leaves the exception out, as in the list at the end.</param>
internal sealed class LogLine(bool withTime, bool withTarget)
{
    private static readonly Segment NewLine = new(null, Environment.NewLine);

    public IReadOnlyList<Segment> Format(LogEvent logEvent)
    {
        List<Segment> line = [];
        if (withTime)
            line.Add(new(Style.Secondary, logEvent.Timestamp.ToString("HH:mm:ss")));
        line.AddRange([new(Style.Secondary, withTime ? " [" : "["), LevelOf(logEvent.Level), new(Style.Secondary, "] ")]);
        if (withTarget)
            line.AddRange([new(Style.Secondary, Logging.TargetOf(logEvent)), new(Style.Secondary, ": ")]);
        line.AddRange(logEvent.MessageTemplate.Tokens.Select(token => SegmentOf(token, logEvent)));
        line.Add(NewLine);
        if (!withTarget && logEvent.Exception is { } exception)
            line.AddRange(Lines(exception));
        return line;
    }

    private static Segment LevelOf(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose => new(Style.Verbose, "VRB"),
        LogEventLevel.Debug => new(Style.Debug, "DBG"),
        LogEventLevel.Information => new(Style.Information, "INF"),
        LogEventLevel.Warning => new(Style.Warning, "WRN"),
        LogEventLevel.Error => new(Style.Error, "ERR"),
        _ => new(Style.Fatal, "FTL"),
    };

    private static Segment SegmentOf(MessageTemplateToken token, LogEvent logEvent) => token switch
    {
        TextToken text => new(Style.Text, text.Text),
        PropertyToken property when logEvent.Properties.TryGetValue(property.PropertyName, out var value) =>
            new(Style.Value, Render(property, value)),
        _ => new(Style.Invalid, token.ToString()!),
    };

    // Strings stand without quotes.
    private static string Render(PropertyToken property, LogEventPropertyValue value)
    {
        var format = value is ScalarValue { Value: string } ? "l" : property.Format;
        var properties = new Dictionary<string, LogEventPropertyValue> { [property.PropertyName] = value };
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        new PropertyToken(property.PropertyName, property.ToString(), format, property.Alignment).Render(properties, text);
        return text.ToString();
    }

    // Stack frames are indented, and less important than the rest.
    private static IEnumerable<Segment> Lines(Exception exception) =>
        from text in exception.ToString().ReplaceLineEndings("\n").Split('\n')
        let style = text.StartsWith("   ", Ordinal) ? Style.Secondary : Style.Text
        from segment in new[] { new Segment(style, text), NewLine }
        select segment;
}
