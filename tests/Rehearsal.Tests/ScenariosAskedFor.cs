namespace Rehearsal.Tests;

public sealed class ScenariosAskedFor
{
    [Theory]
    [InlineData(null, "", true, null)]
    [InlineData("rehearsal", "", false, null)]
    [InlineData("rehearsal", "rehearsal", false, null)]
    [InlineData("rehearsal", "mine", false, null)]
    [InlineData("openstack", "", false, "--cloud: got 'openstack', expected rehearsal, because of --rehearsal-scenario")]
    [InlineData("inventory", "rehearsal", false, "--cloud: got 'inventory', expected rehearsal, because of --rehearsal-scenario")]
    [InlineData(null, "heavy", false, "--profile: got 'heavy', expected rehearsal, because of --rehearsal-scenario")]
    public void Imply_the_profile_where_nothing_else_is_named(string? cloud, string profiles, bool implies, string? problem)
    {
        var asked = new AskedScenario(cloud, profiles.Split('+', StringSplitOptions.RemoveEmptyEntries));

        asked.ImpliesProfile.ShouldBe(implies);
        asked.Problem?.ToString().ShouldBe(problem);
        (asked.Problem is null).ShouldBe(problem is null);
    }
}
