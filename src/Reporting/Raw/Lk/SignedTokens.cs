using System.Text.RegularExpressions;

namespace Reporting.Raw.Lk;

/// <summary>
/// Signed tokens (JWT) in text: lk prints a complete one for every participant when the server answers unauthorized. A token lets its
/// holder join the room until it expires.
/// </summary>
public static partial class SignedTokens
{
    /// <summary>What is in the place of a token.</summary>
    public const string Redacted = "<token>";

    /// <summary>
    /// The text with every token replaced by <see cref="Redacted"/>, as <c>loadtest-host</c> does before anything leaves its host.
    /// </summary>
    /// <param name="text">Any text.</param>
    public static string Redact(string text) =>
        text.Contains("eyJ", StringComparison.Ordinal) ? Token().Replace(text, Redacted) : text;

    // The header of every JWT is a JSON object, and {" in base64 is eyJ. A token cut off by the end of a file is still one.
    [GeneratedRegex(@"eyJ[A-Za-z0-9_\-]{5,}(\.[A-Za-z0-9_\-]*){0,2}", RegexOptions.ExplicitCapture)]
    private static partial Regex Token();
}
