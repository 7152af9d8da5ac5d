using System.Linq.Expressions;
using Nuke.Common.CI;
using Nuke.Common.Execution;
using Nuke.Common.IO;
using Nuke.Common.Tooling;

namespace Nuke.Common;

/// <summary>A build, as its components see it: interfaces that derive from this one add targets and parameters.</summary>
public interface INukeBuild
{
    /// <summary>The targets of this run in the order in which they run.</summary>
    IReadOnlyCollection<ExecutableTarget> ExecutionPlan { get; }

    /// <summary>The targets that were named on the command line.</summary>
    IReadOnlyCollection<ExecutableTarget> InvokedTargets { get; }

    /// <summary>The targets that are skipped.</summary>
    IReadOnlyCollection<ExecutableTarget> SkippedTargets { get; }

    /// <summary>The targets that wait for their turn.</summary>
    IReadOnlyCollection<ExecutableTarget> ScheduledTargets { get; }

    /// <summary>The targets that are running.</summary>
    IReadOnlyCollection<ExecutableTarget> RunningTargets { get; }

    /// <summary>The targets that were cut off.</summary>
    IReadOnlyCollection<ExecutableTarget> AbortedTargets { get; }

    /// <summary>The targets that failed.</summary>
    IReadOnlyCollection<ExecutableTarget> FailedTargets { get; }

    /// <summary>The targets that succeeded.</summary>
    IReadOnlyCollection<ExecutableTarget> SucceededTargets { get; }

    /// <summary>The targets that failed or succeeded.</summary>
    IReadOnlyCollection<ExecutableTarget> FinishedTargets { get; }

    /// <summary>Whether no target has failed so far.</summary>
    bool IsSucceeding { get; }

    /// <summary>Whether a target has failed, was cut off or will not run.</summary>
    bool IsFailing { get; }

    /// <summary>Whether no target waits or runs.</summary>
    bool IsFinished { get; }

    /// <summary>The exit code; null leaves it to the outcome: 0, or -1 (255 to a shell).</summary>
    int? ExitCode { get; set; }

    /// <summary>The root directory: the nearest parent of the working directory that has a <c>.nuke</c>, or <c>--root</c>.</summary>
    AbsolutePath RootDirectory { get; }

    /// <summary>The directory <c>.nuke/temp</c>.</summary>
    AbsolutePath TemporaryDirectory { get; }

    /// <summary>The assembly of the build; null outside of a build.</summary>
    AbsolutePath? BuildAssemblyFile { get; }

    /// <summary>The directory of <see cref="BuildAssemblyFile"/>.</summary>
    AbsolutePath? BuildAssemblyDirectory { get; }

    /// <summary>The project of the build; null when no directory above its assembly has one.</summary>
    AbsolutePath? BuildProjectFile { get; }

    /// <summary>The directory of <see cref="BuildProjectFile"/>.</summary>
    AbsolutePath? BuildProjectDirectory { get; }

    /// <summary>How much the console shows.</summary>
    Verbosity Verbosity { get; }

    /// <summary>Where the build runs.</summary>
    Host Host { get; }

    /// <summary>Whether to write and open the page of the execution plan instead of running it.</summary>
    bool Plan { get; }

    /// <summary>Whether to print the help instead of running.</summary>
    bool Help { get; }

    /// <summary>Whether to print neither logo nor version.</summary>
    bool NoLogo { get; }

    /// <summary>Whether the build runs on somebody's machine.</summary>
    bool IsLocalBuild { get; }

    /// <summary>Whether the build runs on a build server.</summary>
    bool IsServerBuild { get; }

    /// <summary>Whether to skip what succeeded in the attempt before.</summary>
    bool Continue { get; }

    /// <summary>The part of a partitioned target that runs here.</summary>
    Partition Partition { get; }

    /// <summary>Sets what the table of targets says about the running target, in place of what it said before.</summary>
    void ReportSummary(Configure<Dictionary<string, string>>? configurator = null);

    /// <summary>The value of the parameter that the expression names; null when nobody gave one.</summary>
    T? TryGetValue<T>(Expression<Func<T>> parameterExpression)
        where T : class;

    /// <summary>The value of the parameter that the expression names; null when nobody gave one.</summary>
    T? TryGetValue<T>(Expression<Func<object>> parameterExpression);
}
