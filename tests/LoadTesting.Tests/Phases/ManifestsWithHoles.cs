using System.Text.Json.Nodes;
using LoadTesting.Results;
using Reporting.Raw.Manifest;

namespace LoadTesting.Tests.Phases;

/// <summary>
/// A run.json in which something is missing that has to be there, of an earlier version or of somebody's editor, is no manifest.
/// </summary>
public sealed class ManifestsWithHoles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("manifests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Are_none()
    {
        var results = new ResultsDirectory(_folder.FullName);
        results.Write(new RunManifest
        {
            RunId = "r", Fleet = "f", Cloud = "c", ToolVersion = "1",
            Plan = new RunPlan { DurationSeconds = 1, RampUpSeconds = 1, Processes = [] },
            Hosts = [new HostRun { Name = "vm-01", Server = "f-01", Outcome = HostOutcome.Collected }],
        });
        results.Manifest().ShouldNotBeNull();
        var whole = File.ReadAllText(results.File("run.json"));

        foreach (var damage in (Action<JsonObject>[])
        [
            run => run.Remove("hosts"),
            run => run.Remove("parameters"),
            run => run["hosts"]!.AsArray().Add(null),
            run => run["hosts"]![0]!.AsObject().Remove("processes"),
            run => run["parameters"]!.AsObject().Add("fleet", null),
            run => run["plan"]!.AsObject().Remove("processes"),
        ])
        {
            var run = JsonNode.Parse(whole)!.AsObject();
            damage(run);
            results.Write("run.json", run.ToJsonString());

            results.Manifest().ShouldBeNull(run.ToJsonString());
        }
    }
}
