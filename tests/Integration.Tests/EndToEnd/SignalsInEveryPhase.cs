using System.Text.RegularExpressions;

namespace Integration.Tests.EndToEnd;

/// <summary>
/// Whatever phase a signal comes in: the fleet is gone in the end, Destroy ran once, and what was brought home stays. Those that
/// come in the middle of a load are <see cref="WholeJob"/>'s.
/// </summary>
public sealed class SignalsInEveryPhase
{
    private const string Smallest = "--profile rehearsal --instance-count 1 --test-duration 2s --joins-per-second 10 --smoke-join false";
    private const string Left = "Nothing of fleet rehearsal is left in the cloud";
    private const int MaxParallelism = 3;

    [Theory]
    [InlineData("Provision")]
    [InlineData("Configure")]
    [InlineData("Prepare")]
    [InlineData("Collect")]
    [InlineData("Report")]
    [InlineData("Destroy")]
    public async Task The_fleet_is_gone_and_what_was_brought_home_stays(string phase) => await Parallel.ForEachAsync(
        ["INT", "TERM", "HUP", "KILL"],
        new ParallelOptions { MaxDegreeOfParallelism = MaxParallelism, CancellationToken = TestContext.Current.CancellationToken },
        async (signal, _) => await AfterAsync(phase, signal));

    private static async Task AfterAsync(string phase, string signal)
    {
        using var somebody = new Operator();
        using var running = somebody.Start($"Report {Smallest}");
        await running.HearsAsync($"║ {phase}");

        running.Signal(signal);
        var said = await running.EndAsync();
        var why = $"SIG{signal} in {phase}:{Environment.NewLine}{said.Text}";
        if (signal == "KILL")
        {
            said.ExitCode.ShouldBe(137, why);
            said = await somebody.RunAsync($"Destroy {Smallest}");
            said.ExitCode.ShouldBe(0, $"{why}{said.Text}");
        }
        else
        {
            said.ExitCode.ShouldBe(105, why);
        }

        Regex.Count(said.Text, Left).ShouldBe(1, why);
        somebody.CloudIsEmpty.ShouldBeTrue(why);
        if (phase is "Report" or "Destroy" || (phase is "Collect" && signal != "KILL"))
            File.Exists(Path.Combine(somebody.Results, "vm-01-results.tar.gz")).ShouldBeTrue(why);
        if (phase is "Destroy" || (phase is "Collect" or "Report" && signal != "KILL"))
            File.Exists(Path.Combine(somebody.Results, "final-report.html")).ShouldBeTrue(why);
    }
}
