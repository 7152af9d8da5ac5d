namespace Nuke.Common.Tooling;

/// <summary>Where a line of output was written to.</summary>
public enum OutputType
{
    /// <summary>The standard output.</summary>
    Std,

    /// <summary>The standard error.</summary>
    Err,
}

/// <summary>A line that a process wrote.</summary>
public struct Output
{
    /// <summary>Where to.</summary>
    public OutputType Type { get; set; }

    /// <summary>The line.</summary>
    public string Text { get; set; }
}

/// <summary>A process that was started.</summary>
public interface IProcess : IDisposable
{
    /// <summary>The program.</summary>
    string FileName { get; }

    /// <summary>Its arguments; hidden values are replaced.</summary>
    string Arguments { get; }

    /// <summary>The directory it was started in.</summary>
    string WorkingDirectory { get; }

    /// <summary>What it has written so far.</summary>
    IReadOnlyCollection<Output> Output { get; }

    /// <summary>The exit code of a process that has ended.</summary>
    int ExitCode { get; }

    /// <summary>Whether it has ended.</summary>
    bool HasExited { get; }

    /// <summary>Its id.</summary>
    int Id { get; }

    /// <summary>Kills it.</summary>
    void Kill();

    /// <summary>Waits for its end, as long as its timeout says, and kills it then.</summary>
    /// <returns>Whether it ended by itself.</returns>
    bool WaitForExit();
}
