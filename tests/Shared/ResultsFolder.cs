using System.Text.Json;
using Reporting;
using Reporting.Judging;
using Reporting.LoadKinds.Participants;
using Reporting.Raw.Manifest;
using Reporting.Summary;

namespace Tests.Shared;

/// <summary>A results folder on disk, read as the report reads it; gone when the test is.</summary>
internal sealed class ResultsFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly List<PlannedProcess> _planned = [];
    private readonly List<HostRun> _hosts = [];

    public RunPlan Plan { get; set; } = new()
    {
        DurationSeconds = 60, RampUpSeconds = 2, Own = Media(), Processes = [],
    };

    public string? EndedEarly { get; set; }

    public IReadOnlyList<PhaseRun> Phases { get; set; } = [];

    /// <summary>What the run was to read; null as of version 0.1.0.</summary>
    public IReadOnlyList<RunSource>? Sources { get; set; }

    /// <summary>What a plan of participants has of its own.</summary>
    public static IDictionary<string, JsonElement> Media(string resolution = "low", string codec = "h264", string layout = "speaker",
        double audio = 50) => PlanPart.Write(
        new PlannedMedia { Layout = layout, VideoCodec = codec, VideoResolution = resolution, AudioPacketsPerSecond = audio },
        ParticipantsJson.Default.PlannedMedia);

    /// <summary>What a process of participants has of its own.</summary>
    public static IDictionary<string, JsonElement> Expected(int video, int audio, int subscribers, double joinsPerSecond,
        (int Min, int Max) tracks) => PlanPart.Write(
        new PlannedParticipants
        {
            IdentityPrefix = "lt", VideoPublishers = video, AudioPublishers = audio, Subscribers = subscribers,
            JoinsPerSecond = joinsPerSecond,
            MinTracksPerSubscriber = tracks.Min, MaxTracksPerSubscriber = tracks.Max,
        },
        ParticipantsJson.Default.PlannedParticipants);

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Adds a host that runs one process and came home.</summary>
    public void Add(PlannedProcess process, ProcessRun run, double clockOffset = 0, double clockDrift = 0)
    {
        _planned.Add(process);
        _hosts.Add(new HostRun
        {
            Name = process.Host,
            Server = process.Host,
            Outcome = HostOutcome.Collected,
            ClockOffsetSeconds = clockOffset,
            ClockUncertaintySeconds = 0.01,
            ClockOffsetAfterSeconds = clockOffset + clockDrift,
            ClockUncertaintyAfterSeconds = 0.01,
            Processes = [run],
        });
    }

    public void Write(string path, byte[] content)
    {
        var file = new FileInfo(Path.Combine(_folder.FullName, path));
        file.Directory!.Create();
        File.WriteAllBytes(file.FullName, content);
    }

    public void Drop(string path) => File.Delete(PathOf(path));

    public string PathOf(string path) => Path.Combine(_folder.FullName, path);

    public IReadOnlyList<string> Files => [.. _folder.EnumerateFiles("*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(_folder.FullName, file.FullName)).Order(StringComparer.Ordinal)];

    public RunSummary Summarize(string thresholds)
    {
        var manifest = new RunManifest
        {
            RunId = "run", Fleet = "fleet", Cloud = "inventory", ToolVersion = "0", EndedEarly = EndedEarly,
            Plan = Plan with { Processes = _planned }, Hosts = _hosts, Sources = Sources, Phases = Phases,
        };
        var parsed = Threshold.Parse(thresholds, out var problems);
        problems.ShouldBeEmpty();
        return ResultsReport.Summarize(manifest, _folder.FullName, parsed, DateTimeOffset.UnixEpoch);
    }
}
