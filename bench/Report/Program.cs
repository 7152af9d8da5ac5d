using System.Diagnostics;
using System.Globalization;
using Benchmarks;
using Reporting;
using Reporting.Judging;
using Reporting.Raw.Manifest;

// What the report of a big run costs, from raw files to final-report.html, beside `gzip -dc` of the same archives in the same run.
//   dotnet run -c Release --project bench/Report [VMS...]        10 100 1000
//   dotnet run -c Release --project bench/Report page FOLDER VMS  leaves raw files and report in the folder, for browser.mjs
if (args is ["report", var results])
{
    var manifest = System.Text.Json.JsonSerializer.Deserialize(await File.ReadAllBytesAsync(Path.Combine(results, "run.json")),
        ManifestJson.Default.RunManifest)!;
    var thresholds = Threshold.Parse(DefaultThresholds.Text, out _);
    var summary = ResultsReport.Summarize(manifest, results, thresholds, DateTimeOffset.UnixEpoch);
    await ReportFiles.WriteAsync(summary, results, CancellationToken.None);
    using var self = Process.GetCurrentProcess();
    Console.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{self.PeakWorkingSet64} {self.TotalProcessorTime.TotalSeconds} {summary.Fleet.ParticipantsConnected} "
        + $"{summary.Judgement.Verdict}"));
    return;
}

if (args is ["page", var kept, var number])
{
    Directory.CreateDirectory(kept);
    await BigRun.WriteAsync(kept, int.Parse(number, CultureInfo.InvariantCulture));
    await RunAsync(Environment.ProcessPath!, ["report", kept]);
    Console.WriteLine(Path.Combine(kept, ReportFiles.Page));
    return;
}

var counts = args.Length == 0 ? [10, 100, 1_000] : args.Select(word => int.Parse(word, CultureInfo.InvariantCulture)).ToArray();
var costs = new List<(int Vms, double Seconds)>();
Console.WriteLine("   VMs  participants    report  processor time  peak memory    HTML   gzip -dc   report / gzip  verdict");
foreach (var vms in counts)
{
    var folder = Directory.CreateTempSubdirectory("bench-report");
    try
    {
        var archives = await BigRun.WriteAsync(folder.FullName, vms);
        var (gzip, _) = await RunAsync("sh", ["-c", "exec gzip -dc \"$@\" >/dev/null", "gzip", .. archives]);
        var (seconds, said) = await RunAsync(Environment.ProcessPath!, ["report", folder.FullName]);
        var words = said.Split(' ');
        var megabytes = long.Parse(words[0], CultureInfo.InvariantCulture) / 1e6;
        var html = new FileInfo(Path.Combine(folder.FullName, ReportFiles.Page)).Length / 1e6;
        costs.Add((vms, seconds));
        Console.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{vms,6}  {words[2],12}  {seconds,6:F1} s  {double.Parse(words[1], CultureInfo.InvariantCulture),12:F1} s  {megabytes,8:F0} "
                + $"MB  {html,5:F1} MB  {gzip,6:F2} s  {seconds / gzip,11:F1} x  {words[3].Trim()}"));
    }
    finally
    {
        folder.Delete(recursive: true);
    }
}

if (costs is [var first, .., var last])
    Console.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"from {first.Vms} to {last.Vms} VMs: {1000 * (last.Seconds - first.Seconds) / (last.Vms - first.Vms):F1} ms for each VM more"));

static async Task<(double Seconds, string Said)> RunAsync(string program, IReadOnlyList<string> arguments)
{
    var watch = Stopwatch.StartNew();
    using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
    var said = await process.StandardOutput.ReadToEndAsync();
    await process.WaitForExitAsync();
    return process.ExitCode == 0
        ? (watch.Elapsed.TotalSeconds, said)
        : throw new InvalidOperationException($"{program}: exit code {process.ExitCode}");
}
