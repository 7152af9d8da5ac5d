namespace Nuke.Common.Execution.Theming;

/// <summary>How output looks.</summary>
internal abstract class ConsoleTheme
{
    // Keeps hosts from swallowing the line.
    private const string EmptyLine = "\u200B";

    /// <summary>Colours by escape codes, in pipes too: for build servers, and where <c>TERM</c> says <c>xterm</c>.</summary>
    public static ConsoleTheme Ansi { get; } = new AnsiTheme();

    /// <summary>The theme of this terminal.</summary>
    public static ConsoleTheme Default { get; } =
        Environment.GetEnvironmentVariable("TERM")?.StartsWith("xterm", OrdinalIgnoreCase) == true
            ? Ansi
            : new SystemTheme();

    /// <summary>The text with what makes it look so.</summary>
    public virtual string Format(Style style, string text) => text;

    /// <summary>Writes the pieces at once: messages of several threads do not mix.</summary>
    public abstract void Write(IReadOnlyList<Segment> segments);

    /// <summary>Writes a line.</summary>
    public void WriteLine(Style style, string? text) => Write(
    [
        string.IsNullOrWhiteSpace(text) ? new(null, EmptyLine) : new(style, text),
        new(null, Environment.NewLine),
    ]);

    private sealed class AnsiTheme : ConsoleTheme
    {
        public override string Format(Style style, string text) => $"\e[{CodeOf(style)}m{text}\e[0m";

        public override void Write(IReadOnlyList<Segment> segments) =>
            Console.Write(string.Concat(segments.Select(segment =>
                segment.Style is { } style ? Format(style, segment.Text) : segment.Text)));

        private static string CodeOf(Style style) => style switch
        {
            Style.Text => "39",
            Style.Secondary => "38;5;247",
            Style.Debug => "39;1",
            Style.Value or Style.Information => "38;5;45;1",
            Style.Invalid => "48;5;45;1",
            Style.Verbose => "90;1",
            Style.Warning => "38;5;214;1",
            Style.Error => "38;5;196;1",
            Style.Fatal => "38;5;231;1m\e[48;5;196",
            _ => "32;1",
        };
    }

    private sealed class SystemTheme : ConsoleTheme
    {
        private static readonly Lock OneAtATime = new();

        public override void Write(IReadOnlyList<Segment> segments)
        {
            if (Console.IsOutputRedirected)
            {
                Console.Write(string.Concat(segments.Select(segment => segment.Text)));
                return;
            }

            lock (OneAtATime)
            {
                foreach (var (style, text) in segments)
                {
                    if (style is not null && ColorOf(style.Value) is { } color)
                        Console.ForegroundColor = color;
                    Console.Write(text);
                    Console.ResetColor();
                }
            }
        }

        private static ConsoleColor? ColorOf(Style style) => style switch
        {
            Style.Secondary or Style.Verbose => ConsoleColor.Gray,
            Style.Value => ConsoleColor.Magenta,
            Style.Invalid => ConsoleColor.DarkRed,
            Style.Information => ConsoleColor.Cyan,
            Style.Warning => ConsoleColor.Yellow,
            Style.Error or Style.Fatal => ConsoleColor.Red,
            Style.Success => ConsoleColor.Green,
            _ => null,
        };
    }
}
