using System.Diagnostics;
using Reporting.LoadKinds.Participants;
using Reporting.Raw.Lk;

// How fast lk's output is read, beside `wc -l` on the same file. An argument names another folder of recordings.
var captures = args is [var folder, ..] ? folder : "tests/Reporting.Tests/Captures";
var outputs = Directory.EnumerateFiles(captures, "stdout.tsv", SearchOption.AllDirectories)
    .Order(StringComparer.Ordinal)
    .Select(StdoutOf)
    .Where(bytes => bytes.Length > 0)
    .ToList();

var file = Path.GetTempFileName();
try
{
    var repetitions = (int)(200_000_000 / outputs.Sum(bytes => (long)bytes.Length)) + 1;
    await using (var all = File.Create(file))
    {
        for (var i = 0; i < repetitions; i++)
        {
            foreach (var bytes in outputs)
                await all.WriteAsync(bytes);
        }
    }

    var megabytes = new FileInfo(file).Length / 1e6;
    // Code is compiled in steps while it runs: measure what a long run gets.
    for (var warmUp = Stopwatch.StartNew(); warmUp.Elapsed < TimeSpan.FromSeconds(3);)
        outputs.ForEach(bytes => Parse(bytes));

    var rows = 0;
    var allocated = GC.GetAllocatedBytesForCurrentThread();
    var watch = Stopwatch.StartNew();
    for (var i = 0; i < repetitions; i++)
    {
        foreach (var bytes in outputs)
            rows += Parse(bytes);
    }

    var parse = watch.Elapsed.TotalSeconds;
    allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

    watch.Restart();
    using (var wc = Process.Start(new ProcessStartInfo("wc", ["-l", file]) { RedirectStandardOutput = true, UseShellExecute = false })!)
        await wc.WaitForExitAsync();

    var count = watch.Elapsed.TotalSeconds;
    Console.WriteLine($"{megabytes:F0} MB, {rows} track rows and subscriptions");
    Console.WriteLine($"parser  {megabytes / parse,8:F0} MB/s  {allocated / (double)rows,6:F0} bytes allocated a row");
    Console.WriteLine($"wc -l   {megabytes / count,8:F0} MB/s  parser / wc -l = {parse / count:F1}");
}
finally
{
    File.Delete(file);
}

static int Parse(byte[] bytes)
{
    using var stream = new MemoryStream(bytes);
    using var streams = new LkStreams(stream);
    var output = LkOutputParser.Read(streams);
    return output.Tracks.Count + output.Subscriptions.Count;
}

static byte[] StdoutOf(string tsv)
{
    using var lines = new MemoryStream();
    foreach (var line in File.ReadAllText(tsv).Split('\n'))
    {
        var parts = line.Split('\t', 3);
        if (parts is [_, "stdout", var text])
            lines.Write(System.Text.Encoding.UTF8.GetBytes(text + "\n"));
    }

    return lines.ToArray();
}
