using System.Text;
using LoadTesting.Hosts.Agent;

namespace LoadTesting.Tests.Hosts;

public sealed class HostWatchTests
{
    [Fact]
    public void Output_is_taken_by_its_length_whatever_it_looks_like()
    {
        const string Output = "state done 1\n=== 5\nprocess lk-9";
        var answer = $"state running 1795509365.5\nprocess lk-1 1795509364.25 - -\noutput lk-1 100 {Output.Length}\n{Output}=== "
            + "1795509365.6\n==> proc/loadavg <==\n0.1\n";

        var watch = HostWatch.Parse(Encoding.UTF8.GetBytes(answer));

        watch.State.ShouldBe(RunState.Running);
        var process = watch.Processes.ShouldHaveSingleItem();
        Encoding.UTF8.GetString(process.Output.Span).ShouldBe(Output);
        process.Name.ShouldBe("lk-1");
        watch.Counters.ShouldStartWith("=== 1795509365.6\n");
    }

    [Fact]
    public void A_process_that_has_ended_is_still_named()
    {
        var watch = HostWatch.Parse("state done 9.0\nprocess lk-1 1.000000 8.500000 137\n"u8.ToArray());

        watch.State.ShouldBe(RunState.Done);
        watch.Processes.ShouldHaveSingleItem().Name.ShouldBe("lk-1");
    }

    [Theory]
    [InlineData("")]
    [InlineData("output lk-1 0 999999\nshort")]
    [InlineData("state\nprocess lk-1 x y z\noutput lk-1 a b\n")]
    public void An_answer_that_was_cut_off_is_no_error(string answer) =>
        HostWatch.Parse(Encoding.UTF8.GetBytes(answer)).State.ShouldBe(RunState.New);
}
