using LoadTesting.Plan;

namespace LoadTesting.Tests.Plan;

public sealed class ParameterChecksTests
{
    [Fact]
    public void The_defaults_are_right() => ParameterChecks.Problems(new LoadTestParameters()).ShouldBeEmpty();

    public static TheoryData<string, LoadTestParameters> Wrong { get; } = new()
    {
        { "--instance-count", Fleet(new FleetParameters { InstanceCount = 0 }) },
        { "--min-servers", Fleet(new FleetParameters { MinServers = 11 }) },
        { "--price-per-hour", Fleet(new FleetParameters { PricePerHour = -1 }) },
        { "--expires-after", Fleet(new FleetParameters { ExpiresAfter = TimeSpan.Zero }) },
        { "--fleet", Fleet(new FleetParameters { Name = "Not_A_Host_Name" }) },
        { "--participants-per-vm", Load(new LoadParameters { ParticipantsPerVm = 0 }) },
        { "--joins-per-second", Load(new LoadParameters { JoinsPerSecond = 10.5 }) },
        { "--joins-per-second", Load(new LoadParameters { JoinsPerSecond = double.NaN }) },
        { "--test-duration", Load(new LoadParameters { TestDuration = TimeSpan.Zero }) },
        { "--test-duration", Load(new LoadParameters { TestDuration = TimeSpan.FromSeconds(19) }) },
        { "--rooms", Load(new LoadParameters { Rooms = new Rooms(1001) }) },
        { "--abort-when", Load(new LoadParameters { AbortWhen = "conected<50%" }) },
        { "--subscribers-per-vm", Load(new LoadParameters { SubscribersPerVm = -1 }) },
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
            Fleet = new FleetParameters { InstanceCount = -1 },
            Load = new LoadParameters { JoinsPerSecond = 0 },
        });

        var error = ParameterProblem.Error(problems);

        error.ExitCode.ShouldBe(104);
        error.Message.ShouldContain("--instance-count: got '-1'");
        error.Message.ShouldContain("--joins-per-second: got '0'");
    }

    private static LoadTestParameters Fleet(FleetParameters fleet) => new() { Fleet = fleet };

    private static LoadTestParameters Load(LoadParameters load) => new() { Load = load };
}
