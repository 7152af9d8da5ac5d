using System.Net.Http.Headers;
using System.Text;
using k8s;
using k8s.Models;
using LoadTesting.Cluster.Observing;
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

    /// <summary>Writes cluster/observations.jsonl.</summary>
    public async Task WriteAsync(RunManifest manifest, CancellationToken cancellation)
    {
        await using var cluster = await ReplayedCluster.StartAsync(
            HostFolders.Recordings, _time, cancellation, load: hosts.Load, scenario: scenario);
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true }; // of another year
        using var http = new HttpClient(handler) { BaseAddress = new Uri(cluster.Server.Url) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", cluster.Server.Token.Reveal());
        var file = Path.Combine(results, ObservationJson.File);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using var lines = new StreamWriter(file);
        string? before = null;
        for (; _time.Now < manifest.EndedAt; _time.Now += TimeSpan.FromSeconds(2))
        {
            var states = await StatesAsync(http, cancellation);
            var state = string.Join('\n', states.Select(seen => Line(seen with { At = start })));
            foreach (var observation in (state == before ? [] : states).Concat(await FiguresAsync(http, manifest, cancellation)))
                await lines.WriteLineAsync(Line(observation));
            before = state;
        }
    }

    /// <summary>What is written down when it changes.</summary>
    private async Task<List<Observation>> StatesAsync(HttpClient http, CancellationToken cancellation)
    {
        var pods = await ListAsync<V1PodList>(http, $"/api/v1{Space}pods", cancellation);
        var deployments = await ListAsync<V1DeploymentList>(http, $"/apis/apps/v1{Space}deployments", cancellation);
        var autoscalers = await ListAsync<V2HorizontalPodAutoscalerList>(
            http, $"/apis/autoscaling/v2{Space}horizontalpodautoscalers", cancellation);
        var nodes = await ListAsync<V1NodeList>(http, "/api/v1/nodes", cancellation);
        var events = await ListAsync<Corev1EventList>(http, $"/api/v1{Space}events", cancellation);
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
    private async Task<List<Observation>> FiguresAsync(HttpClient http, RunManifest manifest, CancellationToken cancellation)
    {
        var pods = (await ListAsync<V1PodList>(http, $"/api/v1{Space}pods", cancellation)).Items;
        var seen = new List<Observation>(ObservationMapper.Usage(
            await ListAsync<PodMetricsList>(http, $"/apis/metrics.k8s.io/v1beta1{Space}pods", cancellation), _time.Now));
        foreach (var pod in pods.Where(ObservationMapper.Answers).Select(pod => pod.Metadata.Name))
        {
            using var answer = await http.GetAsync(new Uri($"/api/v1{Space}pods/{pod}:6789/proxy/metrics", UriKind.Relative), cancellation);
            if (answer.IsSuccessStatusCode)
                seen.Add(new LiveKitSeen(_time.Now, pod,
                    LiveKitMetrics.Of(ScrapeParser.Parse(await answer.Content.ReadAsStringAsync(cancellation)))));
        }

        var rooms = hosts.Load.At(_time.Now).Where(room => manifest.Plan.Rooms().Contains(room.Name))
            .Select(room => new RoomSeen(room.Name, (int)room.Load.Participants, (int)room.Load.Publishers));
        seen.Add(new RoomsSeen(_time.Now, [.. rooms], 0, 0));
        return seen;
    }

    private static async Task<T> ListAsync<T>(HttpClient http, string path, CancellationToken cancellation) =>
        KubernetesJson.Deserialize<T>(await http.GetStringAsync(new Uri(path, UriKind.Relative), cancellation));

    private static string Line(Observation observation) => Encoding.UTF8.GetString(ObservationJson.Line(observation));

    private sealed class SetTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
