using LoadTesting.Plan;

namespace LoadTesting.Tests.Plan;

public sealed class ParameterChecksTests
{
    [Fact]
    public void The_defaults_are_right() => ParameterChecks.Problems(new LoadTestParameters()).ShouldBeEmpty();

    public static TheoryData<string, LoadTestParameters> Wrong { get; } = new()
    {
        { "--min-servers", Fleet(new FleetParameters { MinServers = 11 }) },
        { "--fleet", Fleet(new FleetParameters { Name = "Not_A_Host_Name" }) },
        { "--test-duration", Load(new LoadParameters { TestDuration = TimeSpan.FromSeconds(19) }) },
        { "--rooms", Load(new LoadParameters { Rooms = new Rooms(1001) }) },
        { "--abort-when", Load(new LoadParameters { AbortWhen = "conected<50%" }) },
        { "--audio-publishers-per-vm/--video-publishers-per-vm", Load(new LoadParameters { AudioPublishersPerVm = 101 }) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_named_with_what_would_be_right(string parameter, LoadTestParameters parameters)
    {
        var problem = ParameterChecks.Problems(parameters).ShouldHaveSingleItem();

        problem.Parameter.ShouldBe(parameter);
        problem.Expected.ShouldNotBeEmpty();
    }

    [Fact]
    public void Every_problem_is_listed_in_one_error_with_exit_code_104()
    {
        var problems = ParameterChecks.Problems(new LoadTestParameters
        {
            Fleet = new FleetParameters { MinServers = 11 },
            Load = new LoadParameters { AbortWhen = "conected<50%" },
        });

        var error = ParameterProblem.Error(problems);

        error.ExitCode.ShouldBe(104);
        error.Message.ShouldContain("--min-servers: got '11'");
        error.Message.ShouldContain("--abort-when: got 'conected<50%'");
    }

    private static LoadTestParameters Fleet(FleetParameters fleet) => new() { Fleet = fleet };

    private static LoadTestParameters Load(LoadParameters load) => new() { Load = load };
}
