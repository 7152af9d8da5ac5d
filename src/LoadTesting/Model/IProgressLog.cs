namespace LoadTesting.Model;

/// <summary>Where the engine reports what it does. The build shows it on the console; tests record it.</summary>
public interface IProgressLog
{
    /// <summary>Reports something that every reader wants to know.</summary>
    void Say(string message);

    /// <summary>Warns of something that does not stop the phase.</summary>
    void Warn(string message);

    /// <summary>Reports something for <c>--verbosity verbose</c>: a request, a command, a decision.</summary>
    void Detail(string message);

    /// <summary>Shows how far a long step is. Called often; a terminal shows the table live, anything else one line now and then.</summary>
    void Show(ProgressView view);
}

/// <summary>How far a long step is.</summary>
/// <param name="Title">What is in progress, <c>Booting 10 servers</c>.</param>
/// <param name="Line">The same in one line, <c>7 of 10 servers ACTIVE after 12 s</c>.</param>
/// <param name="Columns">Column headings of the table.</param>
/// <param name="Rows">The rows of the table, a cell for each column.</param>
public sealed record ProgressView(string Title, string Line, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
