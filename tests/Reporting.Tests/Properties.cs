using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Xunit;
using Reporting.Lk;
using Reporting.Prometheus;
using Reporting.Samples;
using Reporting.Text;
using Reporting.Thresholds;

namespace Reporting.Tests;

/// <summary>What holds for any input, tried with some thousand random ones; FsCheck prints the one that breaks a rule, and how to repeat it.</summary>
public sealed class Properties
{
    private static readonly double[] Bounds = [0.1, 0.5, 1, 5, 10];
    private static readonly byte[][] Outputs = [.. Capture.Names("lk").Select(name => File.ReadAllBytes(Path.Combine(Capture.Root, name, "stdout.tsv"))).Where(bytes => bytes.Length < 60_000)];
    private static readonly byte[][] Samples = [HostCapture.Healthy.SamplesTxt(), HostCapture.Saturated.SamplesTxt()];
    private static readonly string[] Scrapes = [.. Directory.EnumerateFiles(Path.Combine(Capture.Root, "..", "Prometheus", "Scrapes")).Select(File.ReadAllText).Where(text => text.Length < 200_000)];

    [Property(MaxTest = 500)]
    public void Histograms_merge_to_the_same_in_any_order_and_grouping(ushort[] one, ushort[] two, ushort[] three)
    {
        var (a, b, c) = (Of(one), Of(two), Of(three));

        Same(a.Plus(b), b.Plus(a));
        Same(a.Plus(b).Plus(c), a.Plus(b.Plus(c)));
        Same(Of([.. one, .. two]), a.Plus(b));
    }

    [Property(MaxTest = 500)]
    public void Quantiles_rise(NonEmptyArray<ushort> values)
    {
        var histogram = Of(values.Get);
        double?[] quantiles = [histogram.Quantile(0.5), histogram.Quantile(0.95), histogram.Quantile(0.99), histogram.Quantile(1)];

        quantiles.ShouldBe(quantiles.Order());
        quantiles.ShouldAllBe(value => value >= 0 && value <= 10);
    }

    [Property(MaxTest = 2000)]
    public void No_output_of_lk_however_damaged_is_fatal_and_no_line_is_lost(int seed)
    {
        var damaged = Damaged(Outputs, seed);

        var parser = new LkOutputParser();
        var lines = Encoding.UTF8.GetString(damaged).Split('\n');
        foreach (var line in lines)
            parser.Feed(seed % 2 == 0 ? LkSource.Stdout : LkSource.Stderr, line, seed % 3 == 0 ? null : 1.5);
        var output = parser.Complete();

        output.Subscriptions.Count.ShouldBeLessThanOrEqualTo(lines.Length);
        parser.Progress.Connected.ShouldBeGreaterThanOrEqualTo(0);
    }

    [Property(MaxTest = 1000)]
    public void No_scrape_however_damaged_is_fatal(int seed) => ScrapeParser.Parse(Encoding.UTF8.GetString(Damaged([.. Scrapes.Select(Encoding.UTF8.GetBytes)], seed))).ShouldNotBeNull();

    [Property(MaxTest = 1000)]
    public void No_samples_however_damaged_are_fatal(int seed)
    {
        using var stream = new MemoryStream(Damaged(Samples, seed));

        SampleReader.Read(stream).ShouldNotBeNull();
    }

    [Property(MaxTest = 2000)]
    public void A_threshold_is_read_or_refused_with_what_would_be_right(string? text, NormalFloat limit)
    {
        foreach (var given in new[] { text ?? "", $"{Metric.All[Math.Abs((text ?? "").Length) % Metric.All.Count].Name}<{limit.Get.ToString(CultureInfo.InvariantCulture)}{text}" })
        {
            var read = Threshold.Parse(given, out var problems);

            (read.Count + problems.Count).ShouldBeGreaterThan(given.Trim(',', ' ').Length == 0 ? -1 : 0, given);
            problems.ShouldAllBe(problem => problem.Expected.Length > 0);
            read.ShouldAllBe(threshold => double.IsFinite(threshold.Limit));
        }
    }

    [Property(MaxTest = 2000)]
    public void Nothing_that_steers_is_left_in_a_text_that_is_shown(string? text, int seed)
    {
        var random = new Random(seed);
        var hostile = text + string.Concat(Enumerable.Range(0, 50).Select(_ => (char)random.Next(char.MaxValue)));

        var shown = HarmlessText.OneLine(hostile);

        shown.ShouldAllBe(letter => !char.IsControl(letter) && char.GetUnicodeCategory(letter) != UnicodeCategory.Format);
        HarmlessText.OneLine(shown).ShouldBe(shown);
    }

    private static Histogram Of(ushort[] values) => new(
        Bounds, [.. Bounds.Select(bound => (double)values.Count(value => value / 1000.0 <= bound))], values.Length);

    private static void Same(Histogram one, Histogram other)
    {
        one.Bounds.ShouldBe(other.Bounds);
        one.Counts.ShouldBe(other.Counts);
        one.Count.ShouldBe(other.Count);
    }

    /// <summary>A recording with a few bytes changed, cut out, doubled, or its end cut off.</summary>
    private static byte[] Damaged(IReadOnlyList<byte[]> recordings, int seed)
    {
        var random = new Random(seed);
        var bytes = recordings[random.Next(recordings.Count)].ToList();
        for (var edits = random.Next(1, 20); edits > 0 && bytes.Count > 1; edits--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(100), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(300), bytes.Count - at)));
                    break;
                default:
                    if (random.Next(10) == 0)
                        bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }
}
