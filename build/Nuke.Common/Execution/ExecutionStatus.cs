namespace Nuke.Common.Execution;

/// <summary>How far a target is.</summary>
internal enum ExecutionStatus
{
    /// <summary>Not part of the plan.</summary>
    None,

    /// <summary>In the plan, waiting for its turn.</summary>
    Scheduled,

    /// <summary>In the plan, but the build ended before.</summary>
    NotRun,

    /// <summary>Left out.</summary>
    Skipped,

    /// <summary>Ended without an error.</summary>
    Succeeded,

    /// <summary>Ended with an error.</summary>
    Failed,

    /// <summary>Running.</summary>
    Running,

    /// <summary>Was running when the build ended.</summary>
    Aborted,

    /// <summary>Has nothing to do itself; its dependencies did.</summary>
    Collective,
}
