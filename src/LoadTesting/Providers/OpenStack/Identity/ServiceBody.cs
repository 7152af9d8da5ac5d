using System.Runtime.InteropServices;
using System.Text.Json.Serialization.Metadata;
using Reporting.Json;

namespace LoadTesting.Providers.OpenStack.Identity;

/// <summary>A body that a service answers: an object whose properties are named after what they hold.</summary>
/// <exception cref="JsonException">The text is no JSON object.</exception>
internal sealed class ServiceBody(string text)
{
    private readonly Dictionary<string, JsonElement> _parts = StrictJson.Read(text, IdentityJson.Default.DictionaryStringJsonElement);

    /// <exception cref="JsonException">There is no part of that name, or it has another type.</exception>
    public T One<T>(string name, JsonTypeInfo<T> type) => Read(Part(name), type);

    /// <inheritdoc cref="One"/>
    public IReadOnlyList<T> Many<T>(string name, JsonTypeInfo<T> type) =>
        [.. Read(Part(name), IdentityJson.Default.JsonElementArray).Select(item => Read(item, type))];

    /// <summary>The link to the page after this one; null on the last. Glance has its own form.</summary>
    /// <exception cref="JsonException">It is no link.</exception>
    public string? Next(string name)
    {
        if (_parts.TryGetValue("next", out var next))
            return next.Deserialize(IdentityJson.Default.String);
        return _parts.GetValueOrDefault($"{name}_links") is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) }
            ? Many($"{name}_links", IdentityJson.Default.PageLink).FirstOrDefault(link => link.Rel == "next")?.Href
            : null;
    }

    private JsonElement Part(string name) => _parts.TryGetValue(name, out var part) ? part : throw new JsonException($"no {name}");

    private static T Read<T>(JsonElement element, JsonTypeInfo<T> type) => StrictJson.Read(JsonMarshal.GetRawUtf8Value(element), type);
}

/// <summary>A link of Nova's and Neutron's pages.</summary>
internal sealed record PageLink(string Rel, string Href);
