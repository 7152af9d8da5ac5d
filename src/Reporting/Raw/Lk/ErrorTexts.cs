using System.Text.RegularExpressions;

namespace Reporting.Raw.Lk;

/// <summary>Error texts without what differs from one participant to the next, so that one cause has one text.</summary>
public static partial class ErrorTexts
{
    /// <summary>The text without addresses, ports, URLs, ids and markup.</summary>
    public static string Normalized(string error)
    {
        var text = Markup().Replace(error, tag => tag.Value == SignedTokens.Redacted ? tag.Value : " ");
        text = Url().Replace(text, "<url>");
        text = Address().Replace(text, "<address>");
        text = Id().Replace(text, "<id>");
        return Blanks().Replace(text, " ").Trim();
    }

    [GeneratedRegex(@"</?[a-zA-Z!][^<>]*>", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Markup();

    [GeneratedRegex(@"\b(wss?|https?)://[^\s""']+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Url();

    // IPv4, IPv6 in brackets, and names, each with a port; IPv4 also without.
    [GeneratedRegex(@"\b[0-9]{1,3}(\.[0-9]{1,3}){3}(:[0-9]+)?|\[[0-9a-fA-F:.%]+\](:[0-9]+)?|\b[A-Za-z0-9.-]+:[0-9]{2,5}\b",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Address();

    [GeneratedRegex(@"\b(PA|TR|RM|PC|AJ|AD)_[A-Za-z0-9]+|\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F-]{22}\b|\b0x[0-9a-fA-F]+",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Id();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Blanks();
}
