using System.Text;
using LoadTesting.Hosts;
using LoadTesting.Hosts.Settings;

namespace LoadTesting.Tests.Hosts;

public sealed class ConfigureScriptTests
{
    [Fact]
    public void A_setting_counts_as_applied_only_when_it_reads_back_as_wanted()
    {
        var host = ConfigureScript.Parse(
            Said("try\tnet.core.default_qdisc\nbash: line 9: printf: write error: Invalid "
            + "argument\nsetting\tfs.nr_open\t1024\t1048576\nsetting\tnet.core.somaxconn\t65535\t65535\n"
            + "setting\tnet.core.default_qdisc\tpfifo\tpfifo\nabc  .livekit-loadtest/bin/lk\ndone\n"));

        host.Settings.Select(setting => (setting.Name, setting.Outcome)).ShouldBe(
        [
            ("fs.nr_open", SettingOutcome.Applied),
            ("net.core.somaxconn", SettingOutcome.AlreadySo),
            ("net.core.default_qdisc", SettingOutcome.NotPossible),
        ]);
        host.Settings[2].Why.ShouldBe("Invalid argument");
        host.LkSha256.ShouldBe("abc");
        host.AgentInstalled.ShouldBeFalse();
    }

    [Fact]
    public void A_script_that_did_not_reach_its_end_is_an_error_that_says_why()
    {
        var result = new ShellResult(1, ReadOnlyMemory<byte>.Empty, "sudo: a password is required\n");

        Should.Throw<LoadTestException>(() => ConfigureScript.Parse(result)).Message.ShouldContain("a password is required");
    }

    private static ShellResult Said(string text) => new(0, Encoding.UTF8.GetBytes(text), "");
}
