namespace LoadTesting.Tests.Model;

public sealed class AbortConditions
{
    private static readonly LiveFigures Now =
        new() { Participants = 200, Connected = 90, Errors = 12, Hosts = 10, Silent = 2, Stalled = 1 };

    [Theory]
    [InlineData("connected<50%", true)]
    [InlineData("connected < 45%", false)]
    [InlineData("connected<=45%", true)]
    [InlineData("connected<90", false)]
    [InlineData("errors>12", false)]
    [InlineData("errors>=12", true)]
    [InlineData("errors>5.5%", true)]
    [InlineData("silent>10%", true)]
    [InlineData("stalled>=1", true)]
    [InlineData("stalled>1", false)]
    public void A_condition_is_held_against_participants_or_hosts(string text, bool holds)
    {
        var condition = AbortCondition.Parse(text, out var problems).ShouldHaveSingleItem();

        problems.ShouldBeEmpty();
        condition.Holds(Now).ShouldBe(holds);
    }

    [Fact]
    public void While_participants_may_still_be_joining_nothing_is_said_of_their_number() =>
        AbortCondition.Parse("connected<50%, connected>=0", out _).Select(condition => condition.Holds(Now with { Connected = null }))
            .ShouldAllBe(holds => !holds);

    [Theory]
    [InlineData("conected<50%")]
    [InlineData("connected=50%")]
    [InlineData("connected<")]
    [InlineData("errors>-1")]
    [InlineData("errors>1e3")]
    public void What_is_no_condition_is_a_problem_that_shows_some(string text)
    {
        AbortCondition.Parse($"silent>2,{text}", out var problems).ShouldHaveSingleItem().ToString().ShouldBe("silent>2");

        problems.ShouldHaveSingleItem().ToString()
            .ShouldBe($"--abort-when: got '{text}', expected conditions such as connected<50%, errors>10, silent>2 or stalled>=1, "
            + "separated by commas");
    }
}
