using System.Text;
using LoadTesting.Hosts;
using LoadTesting.Hosts.Settings;
using LoadTesting.Plan;

namespace LoadTesting.Tests.Hosts;

public sealed class HostPackagesTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("sysstat, htop", "sysstat htop")]
    [InlineData("none", "")]
    [InlineData("", "")]
    public void Are_a_list_or_none(string list, string expected) => string.Join(' ', HostPackages.Parse(list)).ShouldBe(expected);

    [Theory]
    [InlineData("sysstat", true)]
    [InlineData("g++", true)]
    [InlineData("libstdc++6.1", true)]
    [InlineData("-y", false)]
    [InlineData("htop; reboot", false)]
    public void Have_names_that_are_no_options_and_no_commands(string name, bool good) =>
        (!ParameterChecks.Problems(new LoadTestParameters { HostPackages = [name] }).Any(problem => problem.Parameter == "--host-packages"))
            .ShouldBe(good);

    [Theory]
    [InlineData("0\n", null)]
    [InlineData("0\nW: some repository is old\n", null)]
    [InlineData("100\nE: Unable to locate package htop\n", "E: Unable to locate package htop")]
    [InlineData("1\nsudo: a password is required\n", "sudo: a password is required")]
    [InlineData("127\n", "exit code 127")]
    [InlineData("\nReading package lists...\n", "not done within 60 s; still in progress")]
    public void That_are_not_there_in_time_say_why(string said, string? why) =>
        HostPackages.Failure(new ShellResult(0, Encoding.UTF8.GetBytes(said), ""), Minute).ShouldBe(why);
}
