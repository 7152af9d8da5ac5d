using Reporting.LoadKinds;

namespace Reporting.Rendering.Json;

/// <summary>A load is written and read as its kind has it.</summary>
internal sealed class LoadShapeJson : JsonConverter<LoadShape>
{
    public override LoadShape? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var load = JsonElement.ParseValue(ref reader);
        JsonElement kind = default;
        var isNamed = load.ValueKind == JsonValueKind.Object && load.TryGetProperty("kind", out kind);
        return (LoadShape?)load.Deserialize(KnownKinds.Of(isNamed ? kind.ToString() : RunPlan.FirstKind).ShapeType);
    }

    public override void Write(Utf8JsonWriter writer, LoadShape value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, KnownKinds.Of(value.Kind).ShapeType);
}
