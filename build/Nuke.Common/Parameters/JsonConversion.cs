using System.Globalization;
using System.Text.Json;

namespace Nuke.Common.Parameters;

/// <summary>Turns the JSON of a parameter file into values: arrays only from arrays, scalars from what reads like them.</summary>
internal static class JsonConversion
{
    public static object? To(JsonElement value, Type type)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return null;
        if (type.IsArray)
            return ToArray(value, type.GetElementType()!);

        var scalar = Nullable.GetUnderlyingType(type) ?? type;
        return value.ValueKind switch
        {
            JsonValueKind.String => FromText(value.GetString()!, scalar),
            JsonValueKind.Number when scalar.IsEnum => Enum.ToObject(scalar, value.GetInt64()),
            JsonValueKind.Number when scalar == typeof(string) => value.GetRawText(),
            JsonValueKind.Number => System.Convert.ChangeType(
                value.TryGetInt64(out var integer) ? integer : value.GetDouble(), scalar, CultureInfo.InvariantCulture),
            JsonValueKind.True or JsonValueKind.False =>
                System.Convert.ChangeType(value.GetBoolean(), scalar, CultureInfo.InvariantCulture),
            _ => throw Unconvertible(value, type),
        };
    }

    private static Array ToArray(JsonElement value, Type elementType)
    {
        if (value.ValueKind != JsonValueKind.Array)
            throw Unconvertible(value, elementType.MakeArrayType());
        return ValueConversion.ToArray([.. value.EnumerateArray().Select(element => To(element, elementType))], elementType);
    }

    private static object? FromText(string text, Type scalar) =>
        scalar == typeof(bool) ? bool.Parse(text)
        : scalar == typeof(TimeSpan) ? TimeSpan.Parse(text, CultureInfo.InvariantCulture)
        : ValueConversion.FromWord(text, scalar);

    private static FormatException Unconvertible(JsonElement value, Type type) =>
        new($"JSON '{value.GetRawText()}' could not be converted to '{DisplayNames.Of(type)}'");
}
