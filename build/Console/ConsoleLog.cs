using Serilog;
using Spectre.Console;

namespace Consoles;

/// <summary>
/// Shows on the console what the engine does: lines through NUKE's logger; how far a long step is as a table that is drawn
/// over itself in a terminal, and as one line each ten seconds anywhere else.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class ConsoleLog(TimeProvider time) : IProgressLog
{
    private const int MaxRows = 20;
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(10);

    private readonly bool _terminal =
        !System.Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities is { Ansi: true, Interactive: true };
    private readonly Lock _one = new();
    private DateTimeOffset _nextLine;
    private string _title = "";
    private int _drawn;

    /// <inheritdoc/>
    public void Say(string message) => Write(() => Log.Information("{Message:l}", message));

    /// <inheritdoc/>
    public void Warn(string message) => Write(() => Log.Warning("{Message:l}", message));

    /// <inheritdoc/>
    public void Detail(string message) => Write(() => Log.Verbose("{Message:l}", message));

    /// <inheritdoc/>
    public void Show(ProgressView view)
    {
        lock (_one)
        {
            if (_terminal)
                Draw(view);
            else
                Line(view);
        }
    }

    /// <summary>Writes above a table, which is drawn again.</summary>
    private void Write(Action write)
    {
        lock (_one)
        {
            Erase();
            write();
        }
    }

    private void Line(ProgressView view)
    {
        var now = time.GetUtcNow();
        if (now < _nextLine && view.Title == _title)
            return;

        (_title, _nextLine) = (view.Title, now + LineInterval);
        Log.Information("{Title:l}: {Line:l}", view.Title, view.Line);
    }

    private void Draw(ProgressView view)
    {
        var table = new Table().Border(TableBorder.Minimal).Title(Markup.Escape(view.Title), new Style(decoration: Decoration.Bold));
        foreach (var column in view.Columns)
            table.AddColumn(Markup.Escape(column));
        foreach (var row in view.Rows.Take(MaxRows))
            table.AddRow([.. row.Select(Markup.Escape)]);
        if (view.Rows.Count > MaxRows)
            table.AddRow($"and {view.Rows.Count - MaxRows} more");

        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = AnsiConsole.Profile.Width;
        console.Write(table);
        console.WriteLine(view.Line);
        Erase();
        System.Console.Out.Write(text.ToString());
        _drawn = text.ToString().Count(letter => letter == '\n');
    }

    /// <summary>Goes back to where the table began and clears what is below.</summary>
    private void Erase()
    {
        if (_drawn > 0)
            System.Console.Out.Write($"\e[{_drawn}F\e[J");
        _drawn = 0;
    }
}
