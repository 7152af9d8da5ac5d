using Reporting.Json;

namespace Reporting.Rendering.Json;

/// <summary>How summary-stats.json is written and read.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    Converters = [typeof(FiniteNumbers), typeof(LoadShapeJson)],
    DefaultIgnoreCondition = JsonIgnoreCondition.Never)]
[JsonSerializable(typeof(RunSummary))]
public sealed partial class SummaryJson : JsonSerializerContext
{
    /// <summary>The first version whose video figure is about people; before it was a share of all packets.</summary>
    private const int ByPerson = 2;

    /// <summary>The text of summary-stats.json.</summary>
    public static string Write(RunSummary summary)
    {
        using var text = new MemoryStream();
        JsonSerializer.Serialize(text, summary, Default.RunSummary);
        text.WriteByte((byte)'\n');
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    /// <summary>The summary in the text of a summary-stats.json.</summary>
    /// <exception cref="JsonException">The text is not JSON, or not of this shape.</exception>
    public static RunSummary Read(string text)
    {
        var summary = JsonSerializer.Deserialize(text, Default.RunSummary)
            ?? throw new JsonException("The document is null; a run summary is an object.");
        return summary.SchemaVersion >= ByPerson ? summary
            : summary with { Fleet = summary.Fleet with { VideoDeliveryRatio = null } };
    }
}
