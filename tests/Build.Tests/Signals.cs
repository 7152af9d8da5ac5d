namespace BuildTests;

/// <summary>What a build does when it is told to end, as genuine NUKE does it and as a handler of the build's own mends it.</summary>
public sealed class Signals
{
    private const string Long = "T_TRIGGER=Report T_ASSURED=1 T_SLEEP=Run:60";

    [Fact]
    public async Task An_interrupt_runs_the_assured_target_while_the_running_one_goes_on()
    {
        using var root = new BuildRoot();
        await using var program = await RunningAsync(root, $"{Long} _build Report --no-logo");
        program.Signal("INT");
        (await program.ExitCodeAsync()).ShouldBe(130);
        program.Output.ShouldContain("Destroy body ends");
        program.Output.ShouldMatch(@"Run\s+Aborted");
        program.Output.ShouldMatch(@"Destroy\s+Succeeded");
    }

    [Fact]
    public async Task Termination_runs_nothing()
    {
        using var root = new BuildRoot();
        await using var program = await RunningAsync(root, $"{Long} _build Report --no-logo");
        program.Signal("TERM");
        (await program.ExitCodeAsync()).ShouldBe(143);
        program.Output.ShouldNotContain("Destroy body starts");
        program.Output.ShouldNotContain("Duration");
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task A_handler_of_the_build_that_never_returns_makes_the_running_target_fail_first(string signal)
    {
        using var root = new BuildRoot();
        await using var program = await RunningAsync(root, $"T_SIG=1 T_SIGFOREVER=1 {Long} _build Report --no-logo");
        program.Signal(signal);
        (await program.ExitCodeAsync()).ShouldBe(255);
        program.Output.ShouldMatch(@"Run\s+Failed");
        program.Output.ShouldMatch(@"Destroy\s+Succeeded");
        program.Output.Split("Destroy body starts").Length.ShouldBe(2, "Destroy runs once");
    }

    private static async Task<StartedProgram> RunningAsync(BuildRoot root, string invocation)
    {
        var program = new Consumer("Lifecycle").Start(root, Invocation.Parse(invocation));
        await program.SaysAsync("Run tick 0");
        return program;
    }
}
