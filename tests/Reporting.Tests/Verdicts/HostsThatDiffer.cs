namespace Reporting.Tests.Verdicts;

/// <summary>Machines that are not alike are said to be, with what and which; of machines that are alike nothing is said.</summary>
public sealed class HostsThatDiffer : IDisposable
{
    private readonly ResultsFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Fact]
    public void Are_named_with_each_value_the_most_frequent_first()
    {
        Add("vm-01", """{ "processors": 4, "memoryKiB": 8131072, "kernel": "6.8.0-45", "nicMbps": null, "settings": { "net.core.rmem_max": "134217728" } }""");
        Add("vm-02", """{ "processors": 2, "memoryKiB": 8131000, "kernel": "6.8.0-48", "nicMbps": null, "settings": { "net.core.rmem_max": "212992" } }""");
        Add("vm-03", """{ "processors": 2, "memoryKiB": 8131072, "kernel": "6.8.0-45", "nicMbps": 10000, "settings": { "net.core.rmem_max": "134217728" } }""");

        Differences().ShouldBe(
        [
            "processors: 2 (vm-02 vm-03), 4 (vm-01)",
            "kernel: 6.8.0-45 (vm-01 vm-03), 6.8.0-48 (vm-02)",
            "net.core.rmem_max: 134217728 (vm-01 vm-03), 212992 (vm-02)",
            "its speed: not known (vm-01 vm-02), 10 Gbps (vm-03)",
        ]);
    }

    [Fact]
    public void By_a_second_of_their_clocks_are_named_and_by_less_are_not()
    {
        Add("vm-01", """{ "processors": 2 }""", clockOffset: 0.4);
        Add("vm-02", """{ "processors": 2 }""", clockOffset: -0.4);
        Differences().ShouldBeEmpty();

        Add("vm-03", """{ "processors": 2 }""", clockOffset: 3.2);
        Differences().ShouldBe(["clock, compared with the controller's: 0 s (vm-01 vm-02), +3 s (vm-03)"]);
    }

    [Fact]
    public void By_a_clock_that_was_set_during_the_run_are_named_and_by_what_the_measurement_may_err_are_not()
    {
        Add("vm-01", """{ "processors": 2 }""", clockDrift: 0.1);
        Add("vm-02", """{ "processors": 2 }""");
        Differences().ShouldBeEmpty();

        Add("vm-03", """{ "processors": 2 }""", clockDrift: -1.52);
        Differences().ShouldBe(["clock, set or adrift during the run: 0 s (vm-01 vm-02), -1.5 s (vm-03)"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ \"processors\": ")]
    [InlineData("[1, 2]")]
    [InlineData("\"processors\"")]
    public void One_whose_facts_are_damaged_differs_in_nothing(string facts)
    {
        Add("vm-01", """{ "processors": 2 }""");
        Add("vm-02", facts);

        Differences().ShouldBeEmpty();
    }

    private void Add(string host, string facts, double clockOffset = 0, double clockDrift = 0)
    {
        (new HandmadeLk(host, Received.Audio(0, 2, 3000)) { ClockOffset = clockOffset, ClockDrift = clockDrift }).AddTo(_results);
        _results.Write($"{host}/facts.json", System.Text.Encoding.UTF8.GetBytes(facts));
    }

    private List<string> Differences() =>
    [
        .. _results.Summarize("connected>=99%").HostsDifferIn.Select(difference =>
            $"{difference.Fact}: "
                + string.Join(", ", difference.Values
                    .Select(value => $"{value.Value ?? "not known"} ({string.Join(' ', value.Hosts)})"))),
    ];
}
