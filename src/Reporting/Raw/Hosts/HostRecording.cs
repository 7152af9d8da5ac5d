using Reporting.Raw.Lk;
using Reporting.Raw.Samples;

namespace Reporting.Raw.Hosts;

/// <summary>What was downloaded from one host, read but not yet judged.</summary>
/// <param name="Name">Its name, <c>vm-01</c>.</param>
/// <param name="Run">What the manifest contains about it; null when it does not know the host.</param>
/// <param name="Samples">Its samples; null when there are none.</param>
/// <param name="Processes">The planned processes of this host.</param>
/// <param name="Facts">What the machine is, by the names of the facts.</param>
public sealed record HostRecording(
    string Name, HostRun? Run, SampleSeries? Samples, IReadOnlyList<ProcessRecording> Processes, IReadOnlyDictionary<string, string> Facts)
{
    /// <summary>What the launcher of the host could not do, as its log has it: the errors that are known to be a machine's own.</summary>
    public IReadOnlyList<LkError> Errors { get; init; } = [];

    /// <summary>Files that were downloaded and are not there any more, below the results folder.</summary>
    public IReadOnlyList<string> Dropped { get; init; } = [];
}

/// <summary>One planned process and what is known of it.</summary>
/// <param name="Plan">What was planned.</param>
/// <param name="Run">When it ran and how it ended; null when the manifest does not contain it.</param>
/// <param name="Open">Opens what it wrote; null when the file is missing.</param>
public sealed record ProcessRecording(PlannedProcess Plan, ProcessRun? Run, Func<LkStreams?> Open);
