using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LoadTesting.Hosts;
using LoadTesting.LiveKit;
using LoadTesting.Lk;
using Reporting.Measuring;
using Reporting.Raw.Hosts;
using Reporting.Raw.Manifest;
using Reporting.Summary;
using Reporting.Text;

namespace LoadTesting.Tests.LoadKinds;

/// <summary>A kind of load that only this test knows: each process says hello, a line each time, without rooms or media.</summary>
internal sealed class GreetingsToSend : Lk.LoadKind
{
    public const string Kind = "greetings";

    public override string Name => Kind;

    public override IEnumerable<ParameterProblem> Problems(LoadTestParameters parameters) => parameters.Load.ParticipantsPerVm > 3
        ? [new ParameterProblem("--greetings", $"{parameters.Load.ParticipantsPerVm}", "at most 3")]
        : [];

    public override int ParticipantsPerVm(LoadParameters load) => load.ParticipantsPerVm;

    public override RunPlan Plan(LoadParameters load, IReadOnlyList<string> hosts, string runId, string? trial = null) => new()
    {
        Kind = Kind,
        DurationSeconds = load.TestDuration.TotalSeconds,
        RampUpSeconds = 0,
        Own = new Dictionary<string, JsonElement> { ["greeting"] = JsonSerializer.SerializeToElement(trial ?? "hello") },
        Processes =
        [
            .. hosts.Select(host => new PlannedProcess
            {
                Host = host,
                Name = "lk-1",
                Participants = load.ParticipantsPerVm,
                DurationSeconds = load.TestDuration.TotalSeconds,
                Arguments = ["greet", $"{load.ParticipantsPerVm}"],
            }),
        ],
    };

    public override IReadOnlyList<(string Name, string Value)> Rows(LoadTestParameters parameters, RunPlan plan) =>
        [("Greetings", $"{plan.Processes.Sum(process => process.Participants)}")];

    public override Task<Trial> TryAsync(
        string host, IRemoteShell shell, LiveKitCredentials liveKit, LoadParameters load, string id, CancellationToken cancellation) =>
        Task.FromResult(new Trial("howdy", "it greets oddly", Fault: null));

    public override Func<string, ProcessProgress> Follow()
    {
        var greetings = 0;
        return line => new ProcessProgress(greetings += line.StartsWith("greeted", StringComparison.Ordinal) ? 1 : 0, Tracks: 0, Errors: 0);
    }
}

/// <summary>The same kind as its results are read.</summary>
internal sealed class GreetingsRead : Reporting.Measuring.LoadKind
{
    public override string Name => GreetingsToSend.Kind;

    public override IReadOnlyList<Metric> Metrics { get; } =
    [
        Metric.OfMedia("greeted", Unit.Ratio, "Greetings said", "lines of the process", "greetings said, of those planned", "greeted>=99%",
            media => media.Own is { } own ? own["greetings"] / media.ParticipantsPlanned : null) with { LowerIsBetter = false },
    ];

    public override IReadOnlyList<string> KeyFigures => ["greeted"];

    public override JsonTypeInfo ShapeType => JsonSerializerOptions.Web.GetTypeInfo(typeof(GreetingsShape));

    public override LoadShape Shape(RunPlan plan) => new GreetingsShape(plan);

    public override ProcessMeasures Measure(ProcessRecording recording, RunPlan plan)
    {
        var at = new List<double>();
        using var streams = recording.Open();
        streams?.Read((_, line, time) =>
        {
            if (line.StartsWith("greeted") && time is { } moment)
                at.Add(moment);
        });
        return new Greeted
        {
            Plan = recording.Plan,
            Run = recording.Run,
            Greetings = streams is null ? null : at.Count,
            Joins = at,
            SteadyAt = at.Count == 0 ? null : at.Min(),
            EndedAt = at.Count == 0 ? null : at.Max(),
            UnknownLines = streams is null ? null : 0,
        };
    }

    public override MediaFigures Figures(IReadOnlyList<ProcessMeasures> processes)
    {
        var said = processes.Cast<Greeted>().Sum(process => process.Greetings);
        return new MediaFigures
        {
            ParticipantsPlanned = processes.Sum(process => process.Plan.Participants),
            ParticipantsConnected = said,
            Own = new Dictionary<string, double> { ["greetings"] = said ?? 0 },
        };
    }

    public override string Shown(RunSummary summary) =>
        string.Create(CultureInfo.InvariantCulture, $"{summary.Fleet.Own!["greetings"]} greetings were said");

    private sealed record Greeted : ProcessMeasures
    {
        public int? Greetings { get; init; }

        public override ProcessIssue? Issue => Greetings < Plan.Participants
            ? new ProcessIssue(Verdict.Failed, "did not say all of its greetings")
            : null;
    }
}

internal sealed record GreetingsShape : LoadShape
{
    [System.Text.Json.Serialization.JsonConstructor]
    public GreetingsShape()
    {
    }

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public GreetingsShape(RunPlan plan)
        : base(plan) => Greeting = plan.Own!["greeting"].GetString()!;

    public required string Greeting { get; init; }

    public override string Roles() => "each says hello";

    public override string Media() => $"They say {Greeting}.";

    public override IReadOnlyList<(string What, object Value)> Likeness() => [("greeting", Greeting)];
}
