using System.Text.Json;
using System.Text.Json.Nodes;
using Reporting.Json;
using Reporting.LoadKinds.Participants;
using Reporting.Raw.Manifest;
using Reporting.Rendering.Json;

namespace Reporting.Tests.Verdicts;

/// <summary>Documents of version 0.1.0, which knew one kind of load and did not name it.</summary>
public sealed class EarlierVersions
{
    private const string Run = """
        {
          "schemaVersion": 1, "runId": "20261124-041522-k3fq", "fleet": "fleet", "cloud": "openstack", "toolVersion": "0.1.0", "replay": null,
          "startAt": "2026-11-24T04:15:40+00:00", "endedAt": null, "endedEarly": null, "liveKitUrl": "wss://livekit.example.com", "parameters": {},
          "plan": {
            "durationSeconds": 60, "rampUpSeconds": 19.8, "layout": "3x3", "videoCodec": "vp8", "videoResolution": "high", "audioPacketsPerSecond": 25,
            "processes": [
              {
                "host": "vm-01", "name": "lk-1", "room": "loadtest-01", "identityPrefix": "k3fq-vm-01-1", "videoPublishers": 5, "audioPublishers": 10,
                "subscribers": 90, "joinsPerSecond": 5, "durationSeconds": 60, "startOffsetSeconds": 1.5, "minTracksPerSubscriber": 9,
                "maxTracksPerSubscriber": 14, "arguments": ["load-test"], "participants": 100
              }
            ]
          },
          "hosts": [], "phases": [], "cost": null
        }
        """;

    [Fact]
    public void Are_read_as_runs_of_participants()
    {
        using var results = new ResultsFolder();
        var manifest = StrictJson.Read(Run, ManifestJson.Default.RunManifest);

        var summary = ResultsReport.Summarize(manifest, results.PathOf("."), [], DateTimeOffset.UnixEpoch);

        summary.Load.ShouldBe(new ParticipantsShape
        {
            Hosts = 1, Processes = 1, Rooms = 1, Participants = 100, VideoPublishers = 5, AudioPublishers = 10, Subscribers = 90,
            JoinsPerSecond = 5, RampUpSeconds = 19.8, DurationSeconds = 60, Layout = "3x3", VideoCodec = "vp8", VideoResolution = "high",
        });
        var process = manifest.Plan.Processes.Single();
        (process.Participants, process.StartOffsetSeconds).ShouldBe((100, 1.5));
        process.Read(ParticipantsJson.Default.PlannedParticipants).MaxTracksPerSubscriber.ShouldBe(14);
        var media = manifest.Plan.Read(ParticipantsJson.Default.PlannedMedia);
        (media.AudioPacketsPerSecond, media.JoinLimitSeconds).ShouldBe((25, 10));
    }

    [Fact]
    public void Are_written_again_as_they_were_but_for_the_kind()
    {
        var again = JsonNode.Parse(ManifestJson.Text(StrictJson.Read(Run, ManifestJson.Default.RunManifest)))!;

        again["plan"]!["kind"]!.GetValue<string>().ShouldBe("participants");
        again["plan"]!.AsObject().Remove("kind");
        JsonNode.DeepEquals(again, JsonNode.Parse(Run)).ShouldBeTrue(again.ToJsonString());
    }

    [Theory]
    [InlineData("layout")]
    [InlineData("subscribers")]
    public void Without_what_a_run_of_participants_needs_are_refused(string missing)
    {
        using var results = new ResultsFolder();
        var run = JsonNode.Parse(Run)!;
        run["plan"]!.AsObject().Remove(missing);
        run["plan"]!["processes"]![0]!.AsObject().Remove(missing);
        var manifest = StrictJson.Read(run.ToJsonString(), ManifestJson.Default.RunManifest);

        Should.Throw<JsonException>(
            () => ResultsReport.Summarize(manifest, results.PathOf("."), [], DateTimeOffset.UnixEpoch)).Message.ShouldContain(missing);
    }

    [Fact]
    public void Are_a_baseline()
    {
        var summary = JsonNode.Parse(SummaryJson.Write(Report.Samples.Healthy))!;
        summary["load"]!.AsObject().Remove("kind").ShouldBeTrue();

        SummaryJson.Read(summary.ToJsonString()).Load.ShouldBe(Report.Samples.Healthy.Load);
    }

    [Fact]
    public void Have_nothing_measured_of_what_they_did_not_know()
    {
        var summary = JsonNode.Parse(SummaryJson.Write(Report.Samples.Healthy))!;
        summary["schemaVersion"] = 1;
        foreach (var figure in (string[])["participantsServed", "participantsUnknown", "participantsStarved", "servedRatio"])
            summary["fleet"]!.AsObject().Remove(figure).ShouldBeTrue(figure);

        var read = SummaryJson.Read(summary.ToJsonString());

        foreach (var metric in (string[])["served", "starved", "video-delivery"])
            Judging.Metrics.Find(metric)!.Of(read).ShouldBeNull(metric);
        Judging.Metrics.Find("connected")!.Of(read).ShouldBe(Judging.Metrics.Find("connected")!.Of(Report.Samples.Healthy));
    }
}
