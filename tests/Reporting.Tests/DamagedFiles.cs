using System.Text;
using Reporting.Judging;
using Reporting.LoadKinds.Participants;
using Reporting.Raw.Lk;
using Reporting.Raw.Prometheus;
using Reporting.Raw.Samples;

namespace Reporting.Tests;

/// <summary>Whatever came home damaged is read as far as it goes; thresholds are read or refused.</summary>
public sealed class DamagedFiles
{
    private static readonly byte[][] Outputs =
        [.. Capture.Names("lk").Select(name => File.ReadAllBytes(Path.Combine(Capture.Root, name, "stdout.tsv")))
        .Where(bytes => bytes.Length < 20_000)];
    private static readonly byte[][] Samples = [HostCapture.Healthy.SamplesTxt()[..10_000], HostCapture.Saturated.SamplesTxt()[..10_000]];
    private static readonly byte[][] Scrapes =
        [.. Directory.EnumerateFiles(Path.Combine(Capture.Root, "..", "Prometheus", "Scrapes"))
        .Select(file => File.ReadAllBytes(file)[..10_000])];

    [Fact]
    public async Task Are_kept_once_they_break_a_reader_and_come_first_from_then_on()
    {
        const string Kind = "nothing-of-the-corpus";
        byte[]? broke = null, first = null;
        try
        {
            await Should.ThrowAsync<InvalidOperationException>(
                Fuzz.Each(["genuine"u8.ToArray()], bytes => throw new InvalidDataException($"{broke = bytes}"), kind: Kind));
            await Fuzz.Each(["another"u8.ToArray()], bytes => first ??= bytes, kind: Kind);
        }
        finally
        {
            Directory.Delete(Path.Combine(Fuzz.Corpus, Kind), recursive: true);
        }

        first.ShouldBe(broke);
    }

    [Fact]
    public Task Of_lk() => Fuzz.Each(Outputs, bytes =>
    {
        var parser = new LkOutputParser();
        var lines = Encoding.UTF8.GetString(bytes).Split('\n');
        foreach (var line in lines)
            parser.Feed(lines.Length % 2 == 0 ? LkSource.Stdout : LkSource.Stderr, line, lines.Length % 3 == 0 ? null : 1.5);

        parser.Complete().Subscriptions.Count.ShouldBeLessThanOrEqualTo(lines.Length);
        parser.Connected.ShouldBeGreaterThanOrEqualTo(0);
    });

    [Fact]
    public Task Of_prometheus() => Fuzz.Each(Scrapes, bytes => ScrapeParser.Parse(Encoding.UTF8.GetString(bytes)).ShouldNotBeNull());

    [Fact]
    public Task Of_a_host() => Fuzz.Each(Samples, bytes =>
    {
        using var stream = new MemoryStream(bytes);
        SampleReader.Read(stream).ShouldNotBeNull();
    });

    [Fact]
    public Task Of_thresholds() => Fuzz.Each(
        [.. Metrics.All.Select(metric => Encoding.UTF8.GetBytes(metric.Example)),
            "p99(join-time(vm))<3s, connected(room)>=99%, packet-loss<=baseline+0.5%"u8.ToArray()],
        bytes => Threshold.Parse(Encoding.UTF8.GetString(bytes), out _).ShouldAllBe(threshold => double.IsFinite(threshold.Limit)));
}
