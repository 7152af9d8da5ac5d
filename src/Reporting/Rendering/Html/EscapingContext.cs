using System.Text.Encodings.Web;
using System.Text.Unicode;
using Scriban;
using Scriban.Parsing;

namespace Reporting.Rendering.Html;

/// <summary>
/// Renders templates such that whatever an expression gives is text: escaped for HTML, in elements and in quoted attributes alike. Only the
/// template's own text is markup, and there is no way to mark a value as such.
/// </summary>
internal sealed class EscapingContext : TemplateContext
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public EscapingContext()
    {
        // A misspelt name in a template is an error, not an empty cell that reads as "nothing wrong here".
        StrictVariables = true;
        EnableRelaxedMemberAccess = false;
        MemberRenamer = member => member.Name;

        // Numbers that a template writes as they are.
        PushCulture(CultureInfo.InvariantCulture);

        // The limits are meant for templates of strangers; ours may write as much as the data needs.
        LoopLimit = 0;
        LimitToString = 0;
    }

    public override TemplateContext Write(SourceSpan span, object? textAsObject) =>
        Write(Encoder.Encode(SanitizedText.Of(ObjectToString(textAsObject))));
}
