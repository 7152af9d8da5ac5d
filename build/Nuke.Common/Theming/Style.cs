namespace Nuke.Common.Execution.Theming;

/// <summary>What a piece of output is; a theme says how that looks.</summary>
internal enum Style
{
    Text,
    Secondary,
    Value,
    Invalid,
    Verbose,
    Debug,
    Information,
    Warning,
    Error,
    Fatal,
    Success,
}

/// <summary>A piece of output.</summary>
/// <param name="Style">What it is; null for line breaks and blanks.</param>
/// <param name="Text">What it says.</param>
internal readonly record struct Segment(Style? Style, string Text);
