using LoadTesting.Hosts.Agent;

namespace LoadTesting.Results;

/// <summary>What the unpacked files of one host say about its part of the run.</summary>
/// <param name="Processes">Its lk processes, in the plan's order.</param>
/// <param name="Missing">Files that should be there and are not.</param>
/// <param name="EndedEarly">Why it was ended early; null when it was not.</param>
/// <param name="LeftOut">Whether it was armed and did not start: the instant came too late, or never.</param>
public sealed record HostFolder(IReadOnlyList<ProcessRun> Processes, IReadOnlyList<string> Missing, string? EndedEarly, bool LeftOut)
{
    /// <summary>Reads the folder.</summary>
    public static HostFolder Read(string path, string host, RunPlan plan)
    {
        var names = plan.Processes.Where(process => process.Host == host).Select(process => process.Name).ToList();
        string[] expected =
        [
            .. names.SelectMany(name => (string[])[$"logs/{name}.stdout", $"logs/{name}.stderr", $"{name}.started", $"{name}.ended"]),
            "metrics/samples.txt",
            "facts.json",
        ];
        return new HostFolder(
            [.. names.Select(name => Process(path, name))],
            [.. expected.Where(file => !File.Exists(Path.Combine(path, file)))],
            Text(path, "ended-early"),
            File.Exists(Path.Combine(path, "late")));
    }

    /// <summary>The host's entry in the manifest, completed.</summary>
    public HostRun Of(HostRun host) =>
        LeftOut ? host with { Outcome = HostOutcome.NotArmed, Reason = "it was not given the instant in time" } : host with
    {
        Outcome = Missing.Count == 0 ? HostOutcome.Collected : HostOutcome.Incomplete,
        Reason = Missing.Count == 0 ? null : $"missing: {Missing.Listed()}",
        Processes = Processes,
        Missing = Missing,
    };

    private static ProcessRun Process(string path, string name)
    {
        var ended = Text(path, $"{name}.ended")?.Split(' ');
        return new ProcessRun
        {
            Name = name,
            StartedAt = RunFiles.FromEpoch(Text(path, $"{name}.started")),
            EndedAt = RunFiles.FromEpoch(ended?[0]),
            ExitCode = ended is [_, var code] && int.TryParse(code, out var number) ? number : null,
        };
    }

    private static string? Text(string path, string name)
    {
        var file = Path.Combine(path, name);
        return File.Exists(file) ? File.ReadAllText(file).Trim() : null;
    }
}
