namespace Rehearsal.Tests;

/// <summary>What whoever watches a run sees of its hosts.</summary>
[Trait("speed", "slow")]
public sealed class WatchedRun
{
    [Fact]
    public async Task Shows_each_host_joining_then_steady_with_what_comes_in_and_goes_out()
    {
        await using var job = await FaultyJob.MakeAsync(seed: 2, share: 0, TestContext.Current.CancellationToken);

        (await job.RunAsync()).ShouldBeTrue(job.Said);

        var views = job.Views.Where(view => view.Title.StartsWith("Run ", StringComparison.Ordinal)).ToList();
        var phases = views.SelectMany(view => view.Rows).Where(row => row[0] == "vm-02").Select(row => row[1].Split(' ')[0]).Distinct()
            .ToList();
        phases.ShouldBe(["joining", "steady", "done"]);
        views.ShouldAllBe(view => view.Rows.All(row => row.Count == view.Columns.Count));
        views[0].Columns.ShouldContain("sent");
        views[0].Rows[0][1].ShouldMatch(@"^joining \d+/19$");
    }
}
