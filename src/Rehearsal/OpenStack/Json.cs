using System.Text.Json;

namespace Rehearsal.OpenStack;

/// <summary>JSON as OpenStack writes it: the names of properties in snake_case.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The JSON of an object, most often an anonymous one.</summary>
    public static JsonObject Of<T>(T value) => JsonSerializer.SerializeToNode(value, Options)!.AsObject();
}
