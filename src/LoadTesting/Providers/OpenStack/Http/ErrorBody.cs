using System.Text.RegularExpressions;

namespace LoadTesting.Providers.OpenStack.Http;

/// <summary>
/// Finds the cloud's words in the shapes that Keystone, Nova, Neutron, Glance and the proxies before them answer with. Pure.
/// </summary>
internal static partial class ErrorBody
{
    /// <summary>The message, or the beginning of what there is instead.</summary>
    public static string Message(string body, HttpStatusCode status)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (Find(json.RootElement) is { } message)
                return Plain(message);
        }
        catch (JsonException)
        {
            // HTML, an empty body, JSON cut short: shown as text below.
        }

        var text = Plain(body);
        return text.Length == 0 ? status.ToString() : text[..Math.Min(text.Length, 200)];
    }

    private static string? Find(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        if (element.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String)
            return message.GetString();
        return element.EnumerateObject().Select(property => Find(property.Value)).FirstOrDefault(found => found is not null);
    }

    private static string Plain(string text) => Spaces().Replace(HtmlTags().Replace(text, " "), " ").Trim();

    [GeneratedRegex("<[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex HtmlTags();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();
}
