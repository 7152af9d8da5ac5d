using System.Text.Json;
using Serilog.Events;
using Serilog.Parsing;

namespace Nuke.Common.Execution.Theming;

/// <summary>The message of a log event, its values told apart from its text. Strings that are values of their own stand without quotes.</summary>
internal static class MessageSegments
{
    public static IEnumerable<Segment> Of(LogEvent logEvent) => logEvent.MessageTemplate.Tokens.SelectMany(token => token switch
    {
        TextToken text => [new(Style.Text, text.Text)],
        PropertyToken property when logEvent.Properties.TryGetValue(property.PropertyName, out var value) => Aligned(property, value),
        _ => (IEnumerable<Segment>)[new(Style.Invalid, token.ToString()!)],
    });

    private static IEnumerable<Segment> Aligned(PropertyToken property, LogEventPropertyValue value)
    {
        var segments = value is ScalarValue { Value: string text } ? [new(Style.Value, text)] : Of(value, property.Format).ToList();
        if (property.Alignment is not { } alignment)
            return segments;

        var padding = new Segment(null, new string(' ', Math.Max(0, alignment.Width - segments.Sum(segment => segment.Text.Length))));
        return alignment.Direction == AlignmentDirection.Left ? segments.Append(padding) : segments.Prepend(padding);
    }

    private static IEnumerable<Segment> Of(LogEventPropertyValue value, string? format) => value switch
    {
        ScalarValue scalar => [new(Style.Value, TextOf(scalar.Value, format))],
        SequenceValue sequence => List("[", sequence.Elements.Select(element => Of(element, null)), "]"),
        StructureValue structure => Structure(structure),
        DictionaryValue dictionary => List("{", dictionary.Elements.Select(Pair), "}"),
        _ => [new(Style.Value, value.ToString(format, null))],
    };

    private static string TextOf(object? value, string? format) => value switch
    {
        null => "null",
        string text => JsonSerializer.Serialize(text, MessageJson.Default.String),
        char character => $"'{character}'",
        IFormattable formattable => formattable.ToString(format, null),
        _ => value.ToString() ?? string.Empty,
    };

    private static IEnumerable<Segment> Structure(StructureValue structure)
    {
        var members = structure.Properties.Select(property =>
            Of(property.Value, null).Prepend(new(Style.Tertiary, "=")).Prepend(new(Style.Name, property.Name)));
        var list = List("{", members, "}");
        return structure.TypeTag is null ? list : list.Prepend(new(null, " ")).Prepend(new(Style.Name, structure.TypeTag));
    }

    private static IEnumerable<Segment> Pair(KeyValuePair<ScalarValue, LogEventPropertyValue> pair) =>
        Of(pair.Value, null).Prepend(new(Style.Tertiary, "]=")).Prepend(new(Style.Value, TextOf(pair.Key.Value, null))).Prepend(new(Style.Tertiary, "["));

    private static IEnumerable<Segment> List(string open, IEnumerable<IEnumerable<Segment>> elements, string close) =>
        elements
            .SelectMany((element, index) => index == 0 ? element : element.Prepend(new(Style.Tertiary, ", ")))
            .Prepend(new(Style.Tertiary, open))
            .Append(new(Style.Tertiary, close));
}
