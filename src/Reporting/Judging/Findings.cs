using Reporting.Measuring;

namespace Reporting.Judging;

/// <summary>What a knowing engineer would notice in the raw files, beyond any threshold.</summary>
internal static class Findings
{
    /// <summary>The gravest first.</summary>
    public static IReadOnlyList<Finding> Of(Part part)
    {
        var (summary, manifest, hosts) = (part.Summary, part.Measures.Manifest, part.Hosts);
        return
        [
            .. StallFindings.Of(part).Concat(part.Kind.Findings(summary, hosts)).Concat(Hosts(hosts)).Concat(Processes(manifest, hosts))
                .Concat(Run(summary, manifest)).Concat(Dropped(part.Measures, hosts)).Concat(ClusterFindings.Of(summary))
                .OrderByDescending(finding => finding.Weight),
        ];
    }

    /// <summary>
    /// Hosts without samples where others have some: peaks are those of the worst host, and one that is silent must not look like one that
    /// is idle.
    /// </summary>
    public static IReadOnlyList<HostMeasures> Silent(IReadOnlyList<HostMeasures> hosts) =>
        hosts.Any(host => host.Generator.HostsMeasured > 0)
            ? [.. hosts.Where(host => host.Generator.HostsMeasured == 0 && host.Processes.Any(process => process.SteadyAt is not null))]
            : [];

    /// <summary>Hosts whose samples end early: the program that took them was killed, or had no room for them.</summary>
    public static IReadOnlyList<HostMeasures> Unseen(IReadOnlyList<HostMeasures> hosts) =>
        [.. hosts.Where(host => host.UnsampledSeconds is not null)];

    private static IEnumerable<Finding> Hosts(IReadOnlyList<HostMeasures> hosts)
    {
        foreach (var group in hosts.Where(host => host.Run?.Outcome is null or not HostOutcome.Collected)
            .GroupBy(host => host.Run?.Outcome ?? HostOutcome.Lost))
        {
            var those = NameList.Few([.. group.Select(host => host.Name)]);
            yield return new Finding(Verdict.Inconclusive,
                $"{Phrases.For(group.Key)}: {those} ({group.First().Run?.Reason ?? "nothing is known of it"})", those);
        }

        foreach (var host in hosts.Where(host => host.SaturatedBy is not null))
            yield return new Finding(Verdict.Inconclusive, $"{host.Name} was the bottleneck itself: {host.SaturatedBy}", host.Name);

        var silent = Silent(hosts).Select(host => host.Name).ToList();
        if (silent.Count > 0)
            yield return new Finding(Verdict.Inconclusive,
                $"no samples of the steady state came from {NameList.Few(silent)}: whether they kept up is not known",
                NameList.Few(silent));

        var unseen = Unseen(hosts);
        var names = NameList.Few([.. unseen.Select(host => host.Name)]);
        if (unseen.Count > 0)
            yield return new Finding(Verdict.Inconclusive,
                Invariant($"no samples of the last {unseen.Max(host => host.UnsampledSeconds):0} s of the steady state came from ")
                + $"{names}: whether they kept up is not known", names);
    }

    /// <summary>Processes on hosts whose results were downloaded; from the others no more can be expected.</summary>
    private static IEnumerable<Finding> Processes(RunManifest manifest, IReadOnlyList<HostMeasures> hosts) => hosts
        .Where(host => host.Run?.Outcome is HostOutcome.Collected or HostOutcome.Incomplete)
        .SelectMany(host => host.Processes.Select(process => (Where: $"{host.Name} {process.Plan.Name}", process.Issue)))
        .Where(entry => entry.Issue is not null)
        .GroupBy(entry => entry.Issue!.What)
        .Select(group => new Finding(
            group.Max(entry => entry.Issue!.Weight),
            $"{Which(group.Count(), manifest.Plan.Processes.Count)} {group.Key}",
            NameList.Few([.. group.Select(entry => entry.Where)])));

    private static IEnumerable<Finding> Run(RunSummary summary, RunManifest manifest)
    {
        if (manifest.EndedEarly is { } reason)
            yield return new Finding(Verdict.Inconclusive, $"the run ended early: {reason}");
        if (summary.Fleet.ParticipantsConnected is null)
            yield return new Finding(Verdict.Inconclusive, "there is no data about any participant");
    }

    /// <summary>What was to be read and is missing may have held the reason for another verdict.</summary>
    private static IEnumerable<Finding> Dropped(RunMeasures measures, IReadOnlyList<HostMeasures> hosts)
    {
        var files = hosts.SelectMany(host => host.Dropped).ToList();
        if (files.Count > 0)
            yield return new Finding(Verdict.Inconclusive, $"results that were downloaded are missing: {NameList.Few(files)}",
                NameList.Few([.. hosts.Where(host => host.Dropped.Count > 0).Select(host => host.Name)]));
        if (measures.LacksObservations)
            yield return new Finding(Verdict.Inconclusive,
                "the cluster was to be observed, and there are no observations of it: what it went through is not known");
    }

    private static string Which(int some, int all) => all == 1 ? "the lk process" : Invariant($"{some:#,0} of {all:#,0} lk processes");
}
