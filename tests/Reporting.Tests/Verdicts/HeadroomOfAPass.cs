using Reporting.Raw.Observations;
using Reporting.Summary;

namespace Reporting.Tests.Verdicts;

/// <summary>A run that passed tells what was left, and what to try next.</summary>
public sealed class HeadroomOfAPass : IDisposable
{
    private readonly ResultsFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Theory]
    [InlineData(0.4, 0.5, 1e8, "used 0.5 of 2 cores; the busiest load generator, vm-02, was 40 % busy.", "Next, try 2 times as many")]
    [InlineData(0.2, 1, 1e8, "used 1 of 2 cores; the busiest load generator, vm-01, was 25 % busy.", "Next, try 1.9 times as many")]
    [InlineData(0.1, 0.1, 1e8, "used 100 MB of 1 GB of memory; ", "Next, try 3.2 times as many")]
    [InlineData(0.75, 0.1, 1e8, "the busiest load generator, vm-02, was 75 % busy.", "The load generators have no room for more")]
    [InlineData(0.2, 1.85, 1e8, "used 1.85 of 2 cores", "The fullest pod has no room for more")]
    public void Is_that_of_the_fullest_pod_and_of_the_busiest_generator(double cpu, double cores, double bytes, string left, string next)
    {
        Observe(cores, bytes);

        var judgement = Run(cpu).Judgement;

        judgement.Verdict.ShouldBe(Verdict.Passed, judgement.Reason);
        judgement.Reason.ShouldStartWith("The threshold held: 4 of 4 participants were served. ");
        judgement.Reason.ShouldContain(left);
        judgement.Advice!.ShouldStartWith(next);
    }

    [Theory]
    [InlineData(0, 0, "Next, try 2 times as many")]
    [InlineData(1, 0, "Before you add participants, find out why 1 participant was not served.")]
    [InlineData(2, 0, "Before you add participants, find out why 2 participants were not served.")]
    [InlineData(0, 1, "Before you add participants, find out why LiveKit was restarted.")]
    public void No_larger_load_is_suggested_while_something_is_wrong(int starved, int restarts, string next)
    {
        Observe(0.5, 1e8, restarts);

        var judgement = Run(0.4, starved, "served>=10%").Judgement;

        judgement.Verdict.ShouldBe(Verdict.Passed, judgement.Reason);
        judgement.Advice!.ShouldStartWith(next);
    }

    [Fact]
    public void Without_the_cluster_is_the_generators_alone()
    {
        var judgement = Run(0.4).Judgement;

        judgement.Reason.ShouldEndWith("served. The busiest load generator, vm-02, was 40 % busy.");
        judgement.Advice!.ShouldEndWith("with a kubeconfig the report shows how full LiveKit's pods are.");
    }

    [Fact]
    public void That_nobody_measured_is_not_told()
    {
        new HandmadeLk("vm-01", Received.Audio(0, 2, 3000)).AddTo(_results);

        var judgement = _results.Summarize("served>=99%").Judgement;

        (judgement.Reason, judgement.Advice).ShouldBe(("The threshold held: 2 of 2 participants were served.", null));
    }

    private RunSummary Run(double cpu, int starved = 0, string thresholds = "served>=99%")
    {
        foreach (var (host, busy) in (ReadOnlySpan<(string, double)>)[("vm-01", 0.25), ("vm-02", cpu)])
        {
            Received[] others = [.. Enumerable.Range(1, host == "vm-02" ? starved : 0).Select(one => Received.Audio(one, 2, 0))];
            new HandmadeLk(host, [Received.Audio(0, 2, 3000), .. others]).AddTo(_results);
            _results.Write($"{host}/metrics/samples.txt", HandmadeSamples.Text(Second.Each(80, _ => new Second { Cpu = busy })));
        }

        return _results.Summarize(thresholds);
    }

    private void Observe(double cores, double bytes, int restarts = 0)
    {
        var at = DateTimeOffset.UnixEpoch.AddSeconds(HandmadeLk.Epoch + 10);
        Observation[] seen =
        [
            new PodSeen(at, "u0", "lk-0") { Ready = true, CreatedAt = at.AddHours(-1), CpuLimitCores = 2, MemoryLimitBytes = 1e9 },
            new UsageSeen(at, false, "lk-0", null, cores, bytes),
            new PodSeen(at.AddSeconds(5), "u0", "lk-0")
            {
                Ready = true, CreatedAt = at.AddHours(-1), CpuLimitCores = 2, MemoryLimitBytes = 1e9, Restarts = restarts,
            },
        ];
        _results.Write(ObservationJson.File, [.. seen.SelectMany(one => ObservationJson.Line(one).Append((byte)'\n'))]);
    }
}
