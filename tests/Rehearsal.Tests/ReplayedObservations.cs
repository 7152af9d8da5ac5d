using System.Text;
using k8s;
using k8s.Models;
using LoadTesting.Cluster.Observing;
using Microsoft.AspNetCore.Http;
using Rehearsal.Hosts;
using Rehearsal.Kubernetes;
using Reporting.Raw.Manifest;
using Reporting.Raw.Observations;
using Reporting.Raw.Prometheus;

namespace Rehearsal.Tests;

/// <summary>What would be observed of the replayed cluster: it is looked at every two seconds, at a clock that is set.</summary>
internal sealed class ReplayedObservations(HostFolders hosts, string scenario, DateTimeOffset start, string results)
{
    private const string Space = "/namespaces/livekit/";
    private const string Deployment = "livekit-livekit-server";

    private readonly SetTime _time = new() { Now = start.AddSeconds(-5) };
    private RequestDelegate _answer = null!;

    /// <summary>Writes cluster/observations.jsonl.</summary>
    public async Task WriteAsync(RunManifest manifest, CancellationToken cancellation)
    {
        await using var cluster = await ReplayedCluster.StartAsync(
            HostFolders.Recordings, _time, cancellation, answer => _answer = answer, hosts.Load, scenario);
        var file = Path.Combine(results, ObservationJson.File);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using var lines = new StreamWriter(file);
        string? before = null;
        for (; _time.Now < manifest.EndedAt; _time.Now += TimeSpan.FromSeconds(2))
        {
            var states = await StatesAsync();
            var state = string.Join('\n', states.Select(seen => Line(seen with { At = start })));
            foreach (var observation in (state == before ? [] : states).Concat(await FiguresAsync(manifest)))
                await lines.WriteLineAsync(Line(observation));
            before = state;
        }
    }

    /// <summary>What is written down when it changes.</summary>
    private async Task<List<Observation>> StatesAsync()
    {
        var pods = await ListAsync<V1PodList>($"/api/v1{Space}pods");
        var deployments = await ListAsync<V1DeploymentList>($"/apis/apps/v1{Space}deployments");
        var autoscalers = await ListAsync<V2HorizontalPodAutoscalerList>(
            $"/apis/autoscaling/v2{Space}horizontalpodautoscalers");
        var nodes = await ListAsync<V1NodeList>("/api/v1/nodes");
        var events = await ListAsync<Corev1EventList>($"/api/v1{Space}events");
        return
        [
            .. deployments.Items.Select(item => ObservationMapper.Deployment(item, _time.Now, gone: false)!),
            .. pods.Items.Select(item => ObservationMapper.Pod(item, _time.Now, gone: false)),
            .. autoscalers.Items.Select(item => ObservationMapper.Autoscaler(item, _time.Now, Deployment)!),
            .. nodes.Items.Select(item => ObservationMapper.Node(item, _time.Now, gone: false)),
            .. events.Items.Select(item => ObservationMapper.Event(item, _time.Now, start.AddSeconds(-30))).OfType<Observation>(),
        ];
    }

    /// <summary>What is asked again and again.</summary>
    private async Task<List<Observation>> FiguresAsync(RunManifest manifest)
    {
        var pods = (await ListAsync<V1PodList>($"/api/v1{Space}pods")).Items;
        var seen = new List<Observation>(ObservationMapper.Usage(
            await ListAsync<PodMetricsList>($"/apis/metrics.k8s.io/v1beta1{Space}pods"), _time.Now));
        foreach (var pod in pods.Where(ObservationMapper.Answers).Select(pod => pod.Metadata.Name))
        {
            if (await AskAsync($"/api/v1{Space}pods/{pod}:6789/proxy/metrics") is { } text)
                seen.Add(new LiveKitSeen(_time.Now, pod, LiveKitMetrics.Of(ScrapeParser.Parse(text))));
        }

        var rooms = hosts.Load.At(_time.Now).Where(room => manifest.Plan.Rooms().Contains(room.Name))
            .Select(room => new RoomSeen(room.Name, (int)room.Load.Participants, (int)room.Load.Publishers));
        seen.Add(new RoomsSeen(_time.Now, [.. rooms], 0, 0));
        return seen;
    }

    private async Task<T> ListAsync<T>(string path) => KubernetesJson.Deserialize<T>((await AskAsync(path))!);

    /// <summary>The body of an answer; null when it is an error.</summary>
    private async Task<string?> AskAsync(string path)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { Request = { Path = path }, Response = { Body = body } };
        await _answer(context);
        return context.Response.StatusCode == StatusCodes.Status200OK ? Encoding.UTF8.GetString(body.ToArray()) : null;
    }

    private static string Line(Observation observation) => Encoding.UTF8.GetString(ObservationJson.Line(observation));

    private sealed class SetTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
