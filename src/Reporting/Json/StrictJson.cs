using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace Reporting.Json;

/// <summary>
/// Reads foreign JSON into types whose annotations hold afterwards. A deserializer checks the annotations of properties that are present:
/// it ignores a missing init property, and null in a list or a dictionary.
/// </summary>
public static class StrictJson
{
    private static readonly ConditionalWeakTable<JsonSerializerOptions, JsonSerializerOptions> Strict = [];

    /// <summary>Reads a document.</summary>
    /// <exception cref="JsonException">It is no JSON of that type, or a required value is missing or null.</exception>
    public static T Read<T>(string text, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(text, Of(type)) ?? throw new JsonException("The document is null");

    /// <inheritdoc cref="Read{T}(string, JsonTypeInfo{T})"/>
    public static T Read<T>(ReadOnlySpan<byte> utf8, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(utf8, Of(type)) ?? throw new JsonException("The document is null");

    private static JsonTypeInfo<T> Of<T>(JsonTypeInfo<T> type) => (JsonTypeInfo<T>)Strict
        .GetValue(type.Options,
            options => new JsonSerializerOptions(options) { TypeInfoResolver = options.TypeInfoResolver!.WithAddedModifier(RefuseNulls) })
        .GetTypeInfo(typeof(T));

    private static void RefuseNulls(JsonTypeInfo type)
    {
        var certain = type.Properties.Where(
            property => property is { Get: not null, IsGetNullable: false, PropertyType.IsValueType: false }).ToList();
        if (type.Kind != JsonTypeInfoKind.Object || certain.Count == 0)
            return;

        type.OnDeserialized = read =>
        {
            if (certain.Find(property => HasNull(property.Get!(read))) is { } holed)
                throw new JsonException($"null in {holed.Name}");
        };
    }

    private static bool HasNull(object? item) => item switch
    {
        null => true,
        string => false,
        IDictionary dictionary => dictionary.Values.Cast<object?>().Any(HasNull),
        IEnumerable items => items.Cast<object?>().Any(HasNull),
        _ => false,
    };
}
