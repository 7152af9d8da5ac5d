using System.Globalization;
using FsCheck;
using FsCheck.Xunit;
using Reporting.Judging;
using Reporting.Raw.Prometheus;
using Reporting.Tests.Verdicts;
using Reporting.Text;

namespace Reporting.Tests;

/// <summary>
/// What holds for any input, tried with some thousand random ones; FsCheck prints the one that breaks a rule, and how to repeat it.
/// </summary>
public sealed class Properties
{
    private static readonly double[] Bounds = [0.1, 0.5, 1, 5, 10];

    [Property(MaxTest = 500)]
    public void Histograms_merge_to_the_same_in_any_order_and_grouping(ushort[] one, ushort[] two, ushort[] three)
    {
        var (a, b, c) = (Of(one), Of(two), Of(three));

        Same(a.Plus(b), b.Plus(a));
        Same(a.Plus(b).Plus(c), a.Plus(b.Plus(c)));
        Same(Of([.. one, .. two]), a.Plus(b));
    }

    [Property(MaxTest = 60)]
    public void A_VM_without_loss_never_raises_the_loss_and_the_order_of_VMs_never_changes_it(NonEmptyArray<ushort> dropped,
        ushort received)
    {
        List<(int Packets, int Dropped)> machines = [.. dropped.Get.Take(4).Select((count, index) => (1 + (997 * index), (int)count))];
        var before = Loss(machines);

        Loss([.. machines, (1 + received, 0)]).ShouldBeLessThanOrEqualTo(before);
        Loss(machines.AsEnumerable().Reverse()).ShouldBe(before);
        before.ShouldBe(machines.Sum(machine => machine.Dropped) / (double)machines.Sum(machine => machine.Packets + machine.Dropped),
            1e-9);
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
    public void A_threshold_is_read_or_refused_with_what_would_be_right(string? text, NormalFloat limit)
    {
        foreach (var given in new[] { text ?? "",
            $"{Metrics.All[Math.Abs((text ?? "").Length) % Metrics.All.Count].Name}"
                + $"<{limit.Get.ToString(CultureInfo.InvariantCulture)}{text}" })
        {
            var read = Threshold.Parse(given, out var problems);

            (read.Count + problems.Count).ShouldBe(given.Split(',').Length, $"each part of '{given}' is a threshold or a problem");
            problems.ShouldAllBe(problem => problem.Expected.Length > 0);
            read.ShouldAllBe(threshold => double.IsFinite(threshold.Limit));
        }
    }

    [Property(MaxTest = 2000)]
    public void Nothing_that_steers_is_left_in_a_text_that_is_shown(string? text, int seed)
    {
        var random = new Random(seed);
        var hostile = text + string.Concat(Enumerable.Range(0, 50).Select(_ => (char)random.Next(char.MaxValue)));

        var shown = SanitizedText.OneLine(hostile);

        shown.ShouldAllBe(letter => !char.IsControl(letter) && char.GetUnicodeCategory(letter) != UnicodeCategory.Format);
        SanitizedText.OneLine(shown).ShouldBe(shown);
    }

    private static Histogram Of(ushort[] values) => new(
        Bounds, [.. Bounds.Select(bound => (double)values.Count(value => value / 1000.0 <= bound))], values.Length);

    private static void Same(Histogram one, Histogram other)
    {
        one.Bounds.ShouldBe(other.Bounds);
        one.Counts.ShouldBe(other.Counts);
        one.Count.ShouldBe(other.Count);
    }

    /// <summary>The share of packets that lk dropped, of a run on so many machines.</summary>
    private static double Loss(IEnumerable<(int Packets, int Dropped)> machines)
    {
        using var results = new ResultsFolder();
        foreach (var (index, (packets, dropped)) in machines.Index())
            new HandmadeLk($"vm-{index + 1:00}", Received.Audio(0, 2, packets) with { Dropped = dropped }).AddTo(results);
        return results.Summarize("packet-loss<3%").Fleet.LkPacketLossRatio.ShouldNotBeNull();
    }
}
