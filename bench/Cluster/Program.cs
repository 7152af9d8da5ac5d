using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Benchmarks;
using LoadTesting.Cluster;
using LoadTesting.Cluster.Observing;
using LoadTesting.LiveKit;
using LoadTesting.Model;
using Rehearsal.LiveKit;
using Reporting.Raw.Manifest;
using Reporting.Raw.Observations;

// What observing a cluster of 50 pods and 20 nodes for a minute costs: processor, memory, and the time from a watch's event to its
// line in the file; then a list of 1,000 pods. The cluster is another process, so that its work is not counted. Arguments: the
// seconds to observe (60).
if (args is ["serve", var folder, var podCount])
{
    await ServeAsync(folder, int.Parse(podCount, CultureInfo.InvariantCulture));
    return;
}

var seconds = args is [var given, ..] ? int.Parse(given, CultureInfo.InvariantCulture) : 60;
Console.WriteLine(await ObserveAsync(50, TimeSpan.FromSeconds(seconds)));
Console.WriteLine(await ObserveAsync(1000, null));

static async Task<string> ObserveAsync(int pods, TimeSpan? length)
{
    var results = Directory.CreateTempSubdirectory("bench-cluster");
    using var server = Process.Start(
        new ProcessStartInfo(Environment.ProcessPath!, ["serve", results.FullName, $"{pods}"]) { RedirectStandardInput = true,
        RedirectStandardOutput = true, UseShellExecute = false })!;
    try
    {
        var door = JsonSerializer.Deserialize<string[]>((await server.StandardOutput.ReadLineAsync())!)!;
        using var http = new HttpClient();
        using var cluster = ClusterUnderTest.Open(new LiveKitParameters { Kubeconfig = Path.Combine(results.FullName, "kubeconfig") }, "/",
            TimeProvider.System)!;
        var rooms = new RunRooms(new RoomService(http, new LiveKitCredentials(door[0], door[1], new Secret(door[2])), TimeProvider.System),
            new Quiet());
        var manifest = new RunManifest
        {
            RunId = "run", Fleet = "f", Cloud = "c", ToolVersion = "1",
            Plan = new RunPlan { DurationSeconds = 1, RampUpSeconds = 1,
                Processes = [] },
        };

        // Prepare has found LiveKit in the same process, and looked at its rooms, when the observation begins: what they cost is memory
        // here and no time.
        var memoryBefore = Memory("VmRSS");
        await cluster.LiveKitAsync(CancellationToken.None);
        await rooms.SeeAsync(manifest, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        var (before, watch) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        var started = (At: TimeSpan.Zero, Used: TimeSpan.Zero);
        await using (ClusterObservation.Start(new ObservedThings(manifest, cluster, rooms) { Http = http, Log = new Quiet() },
            results.FullName, TimeProvider.System))
        {
            if (length is { } whole)
            {
                // Code is loaded and compiled once, at the beginning: what goes on after it is told apart.
                await Task.Delay(whole / 4, TimeProvider.System, CancellationToken.None);
                started = (watch.Elapsed, Environment.CpuUsage.TotalTime - before);
                await Task.Delay(whole - started.At, TimeProvider.System, CancellationToken.None);
            }

            while (length is null && ObservationJson.Read(results.FullName).OfType<PodSeen>().Count() < pods)
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        }

        var (elapsed, used) = (watch.Elapsed, Environment.CpuUsage.TotalTime - before);
        var requests = ObservationJson.Read(results.FullName).OfType<RequestsMade>().Last();
        await server.StandardInput.WriteLineAsync();
        var lags = JsonSerializer.Deserialize<double[]>((await server.StandardOutput.ReadLineAsync())!)!.Order().ToList();
        var later = length is null
            ? ""
            : string.Create(CultureInfo.InvariantCulture,
                $"; {(used - started.Used) / (elapsed - started.At):P1} after the first quarter");
        return string.Create(CultureInfo.InvariantCulture,
            $"{pods} pods, {elapsed.TotalSeconds:F1} s: {used.TotalSeconds:F2} s of a core ({used / elapsed:P1}{later}), "
            + $"{Memory("VmHWM"):F0} MB at most in all, {Memory("VmRSS") - memoryBefore:F0} MB more than before, {requests.Total} requests")
            + (lags.Count == 0
                ? ""
                : string.Create(CultureInfo.InvariantCulture,
                    $"; {lags.Count} events, from event to line {lags[lags.Count / 2]:F0} ms in the middle, {lags[^1]:F0} ms at most"));
    }
    finally
    {
        server.Kill();
        await server.WaitForExitAsync();
        results.Delete(recursive: true);
    }
}

static async Task ServeAsync(string results, int pods)
{
    var lags = new List<double>();
    await using var server =
        await BigCluster.StartAsync(Path.Combine(Rehearsal.Hosts.HostFolders.Recordings, "cluster"), pods, nodes: 20, async restarts =>
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(10)
            && !Tail(Path.Combine(results, ObservationJson.File)).Contains($"\"restarts\":{restarts},", StringComparison.Ordinal))
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, CancellationToken.None);
        lags.Add(watch.Elapsed.TotalMilliseconds);
    });
    await using var door = await LiveKitStub.OpenAsync(CancellationToken.None);
    await File.WriteAllTextAsync(Path.Combine(results, "kubeconfig"), server.Kubeconfig());
    Console.WriteLine(JsonSerializer.Serialize(
        new[] { door.Credentials.Url, door.Credentials.ApiKey, door.Credentials.ApiSecret.Reveal() }));
    Console.ReadLine();
    Console.WriteLine(JsonSerializer.Serialize(lags));
    Console.ReadLine();
}

static string Tail(string path)
{
    using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
    file.Seek(-Math.Min(64 * 1024, file.Length), SeekOrigin.End);
    using var reader = new StreamReader(file);
    return reader.ReadToEnd();
}

static double Memory(string what) =>
    double.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith(what, StringComparison.Ordinal))
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1000;
