using Reporting.Judging;
using Reporting.LoadKinds;
using Reporting.Measuring;
using Reporting.Measuring.Cluster;
using Reporting.Raw.Hosts;
using Reporting.Raw.Observations;

namespace Reporting;

/// <summary>From a results folder to its report: the library's front door.</summary>
public static class ResultsReport
{
    /// <summary>Reads the raw files that the manifest names and sums them up; what is missing there is missing in the summary.</summary>
    /// <param name="manifest">The run.</param>
    /// <param name="resultsDirectory">The results folder.</param>
    /// <param name="thresholds">What must hold.</param>
    /// <param name="renderedAt">When; the only thing that differs between two summaries of the same files.</param>
    /// <exception cref="System.Text.Json.JsonException">The manifest's kind of load is not known, or it lacks what that kind
    /// needs.</exception>
    public static RunSummary Summarize(RunManifest manifest, string resultsDirectory, IReadOnlyList<Threshold> thresholds,
        DateTimeOffset renderedAt)
    {
        var kind = KnownKinds.Of(manifest.Plan.Kind);
        var load = kind.Shape(manifest.Plan);

        // A host is read, measured and let go before the next: a thousand of them need no more memory than one.
        var hosts = HostRecordingReader.HostsOf(manifest)
            .AsParallel().AsOrdered()
            .Select(host => HostRecordingReader.Read(resultsDirectory, manifest, host))
            .Select(host => HostMeasurer.Measure(host, [.. host.Processes.Select(process => kind.Measure(process, manifest.Plan))]))
            .ToList();
        var seen = ObservationJson.Read(resultsDirectory).ToList();
        var cluster = ClusterSummarizer.Of(seen);
        var measured = kind.Together(manifest.Plan, hosts, [.. seen.OfType<RoomsSeen>()]);
        return RunSummarizer.Summarize(
            new RunMeasures(kind, load, manifest, measured, cluster,
                ClusterCurves.Of(seen, cluster?.Gaps ?? [], manifest.StartAt))
            {
                LacksObservations = cluster is null && manifest.Reads(RunSource.Observations) && WasObserved(manifest, resultsDirectory),
                Happenings = [.. ClusterHappenings.Of(seen, cluster), .. kind.Happenings(measured, seen)],
            },
            thresholds, renderedAt);
    }

    /// <summary>The folder of the observations is made when a run begins, and what was downloaded is the whole of a run.</summary>
    private static bool WasObserved(RunManifest manifest, string resultsDirectory) =>
        Directory.Exists(Path.GetDirectoryName(Path.Combine(resultsDirectory, ObservationJson.File)))
        || manifest.Hosts.Any(host => host.Archive is not null);
}
