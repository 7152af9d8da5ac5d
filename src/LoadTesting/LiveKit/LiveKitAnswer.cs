using Reporting.Raw.Lk;

namespace LoadTesting.LiveKit;

/// <summary>
/// What came back when LiveKit's <c>/rtc/validate</c> was requested, and whether LiveKit sent it: LiveKit answers 200 with <c>success</c>,
/// and refuses in one line of plain text (livekit/livekit, pkg/service/rtcservice.go).
/// </summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body.</param>
public sealed record LiveKitAnswer(int Status, string Body)
{
    private const string Success = "success";
    private const int MaxTextLength = 120;

    /// <summary>Where a redirect leads; null when it is none.</summary>
    public string? Location { get; init; }

    /// <summary>What the server calls itself; LiveKit does not.</summary>
    public string? Server { get; init; }

    /// <summary>What is wrong with it, and what to do; null when LiveKit accepts the participant.</summary>
    /// <param name="url">LiveKit's URL.</param>
    public string? Fault(string url) => Status switch
    {
        200 when Text == Success => null,
        401 when IsPlain && Text.Length > 0 => $"{url} does not accept the API key or secret: '{Text}'",
        >= 300 and < 400 when Location is { Length: > 0 } to =>
            $"{url} redirects ({Status}) to {Origin(to)}, and lk follows no redirect: --livekit-url {WebSocket(to)}",
        404 when Text.Contains("room does not exist", OrdinalIgnoreCase) =>
            $"{url} is a LiveKit that creates no rooms by itself ('{Text}'): set room.auto_create: true",
        404 => $"{url} has no LiveKit at this path (404{Who}): LiveKit's URL has the path that its proxy passes on, mostly none",
        429 => $"{url} refuses requests by their rate (429{Who}), and would refuse joins too: exempt the load generators",
        503 when IsPlain && Text.Contains("limit", OrdinalIgnoreCase) =>
            $"{url} is a LiveKit that is full: '{Text}': add nodes, or raise the limits of its configuration",
        502 or 503 or 504 => $"{url} is a proxy without a LiveKit behind it ({Status}{Who}): '{Text}'",
        200 => $"{url} answers with {(IsPlain ? $"'{Text}'" : $"a web page ('{Text}')")} and is not LiveKit{Who}: "
            + "--livekit-url is the URL that LiveKit's clients use",
        401 or 403 or 407 => $"{url} has a proxy before it that wants a separate login ({Status}{Who}): '{Text}'",
        _ => $"{url} does not answer as LiveKit does ({Status}{Who}): '{Text}'",
    };

    /// <summary>The body in one line: the title of a page, or the beginning of a text.</summary>
    private string Text
    {
        get
        {
            var words = (Between("<title>", "</title>") ?? Body).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            var text = SignedTokens.Redact(string.Join(' ', words));
            return text.Length > MaxTextLength ? $"{text[..MaxTextLength]}…" : text;
        }
    }

    private bool IsPlain => !Body.TrimStart().StartsWith('<');

    private string Who => Server is { Length: > 0 } server ? $", {server}" : "";

    private static string Origin(string location) =>
        Uri.TryCreate(location, UriKind.Absolute, out var url) ? url.GetLeftPart(UriPartial.Authority) : location;

    private static string WebSocket(string location) => Origin(location) is { } origin && origin.StartsWith("http", Ordinal)
        ? $"ws{origin[4..]}"
        : "names the place itself";

    private string? Between(string begin, string end)
    {
        var from = Body.IndexOf(begin, OrdinalIgnoreCase);
        var to = from < 0 ? -1 : Body.IndexOf(end, from, OrdinalIgnoreCase);
        return to < 0 ? null : Body[(from + begin.Length)..to];
    }
}
