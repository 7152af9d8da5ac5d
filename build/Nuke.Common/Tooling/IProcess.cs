namespace Nuke.Common.Tooling;

/// <summary>A process that was started.</summary>
public interface IProcess
{
    /// <summary>The exit code of a process that has ended.</summary>
    int ExitCode { get; }
}

/// <summary>Where a line of output was written to.</summary>
public enum OutputType
{
    /// <summary>The standard output.</summary>
    Std,

    /// <summary>The standard error.</summary>
    Err,
}
