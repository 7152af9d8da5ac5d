using LoadTesting.Providers.OpenStack;

namespace LoadTesting.Tests.Providers.OpenStack;

/// <summary>
/// Whatever call a program dies at, a later Destroy finds what it made: the mark is part of the request that makes a thing.
/// </summary>
public sealed class KilledAtAnyCall : OnTheEmbeddedCloud
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Destroy_in_another_program_leaves_the_cloud_empty(bool afterTheCallActed)
    {
        var calls = 0;
        for (var killedAt = 1; ; killedAt++)
        {
            using var dying = new DyingProgram(killedAt, afterTheCallActed);
            using var program = Cloud(setup => setup with { OpenStack = setup.OpenStack with { Spread = true } }, dying);
            var survived = await SurvivesAsync(program.ProvisionAsync);
            calls = dying.Calls;
            using var later = Cloud();
            await later.DestroyAsync(Cancellation);

            Left.ShouldBeEmpty($"after a kill at call {killedAt}");
            if (survived)
                break;
        }

        calls.ShouldBeGreaterThan(15);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_Destroy_that_was_killed_is_finished_by_the_next_one(bool afterTheCallActed)
    {
        for (var killedAt = 1; ; killedAt++)
        {
            using var maker = Cloud(setup => setup with { OpenStack = setup.OpenStack with { Spread = true } });
            await maker.ProvisionAsync(Cancellation);
            using var dying = new DyingProgram(killedAt, afterTheCallActed);
            using var program = Cloud(network: dying);
            var survived = await SurvivesAsync(program.DestroyAsync);
            await maker.DestroyAsync(Cancellation);

            Left.ShouldBeEmpty($"after a kill at call {killedAt}");
            if (survived)
                break;
            killedAt.ShouldBeLessThan(100);
        }
    }

    [Fact]
    public async Task What_a_killed_program_made_is_completed_by_the_next_one_and_nothing_is_made_twice()
    {
        using (var dying = new DyingProgram(killedAt: 18, afterTheCallActed: true))
        using (var program = Cloud(network: dying))
            (await SurvivesAsync(program.ProvisionAsync)).ShouldBeFalse();

        using var later = Cloud();
        var machines = await later.ProvisionAsync(Cancellation);

        machines.Select(machine => machine.Name).ShouldBe(["f-01", "f-02", "f-03"]);
        machines.Select(machine => machine.Address).ShouldBeUnique();
        (await later.FleetsAsync(Cancellation))
            .ShouldHaveSingleItem().Leftovers.Count(leftover => leftover.StartsWith("floating", StringComparison.Ordinal))
            .ShouldBe(Servers);
    }

    [Fact]
    public async Task Somebody_elses_fleet_is_neither_taken_nor_destroyed_unasked()
    {
        using var theirs = Cloud();
        await theirs.ProvisionAsync(Cancellation);
        using var ours = Cloud(setup => setup with { Fleet = Fleet() with { Controller = "somebody@else" } });

        (await Should.ThrowAsync<LoadTestException>(() => ours.ProvisionAsync(Cancellation))).ExitCode.ShouldBe(104);
        (await Should.ThrowAsync<LoadTestException>(() => ours.DestroyAsync(Cancellation))).Message.ShouldMatch(
            $@"test@here has {Servers} servers in the cloud since \d{{4}}-\d\d-\d\d \d\d:\d\d UTC");

        (await theirs.ListAsync(Cancellation)).Count.ShouldBe(Servers);
    }

    [Fact]
    public async Task Every_name_that_the_cloud_lacks_is_in_one_message_with_the_candidates()
    {
        using var cloud = Cloud(
            setup => setup with { OpenStack = new OpenStackParameters { Flavor = "c9.huge", Image = "Windows", Network = "nowhere" } });

        var error = await Should.ThrowAsync<LoadTestException>(() => cloud.ProvisionAsync(Cancellation));

        error.ExitCode.ShouldBe(104);
        error.Message.ShouldContain("--instance-flavor: got 'c9.huge', which the cloud does not have; expected one of c1.large");
        error.Message.ShouldContain("--image: got 'Windows'");
        error.Message.ShouldContain("--network: got 'nowhere'");
        (await cloud.FleetsAsync(Cancellation)).ShouldBeEmpty();
    }

    private static async Task<bool> SurvivesAsync(Func<CancellationToken, Task> phase)
    {
        try
        {
            await phase(Cancellation);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>The network of a program that is gone from its n-th call on: before the call, or after the cloud acted on it.</summary>
    private sealed class DyingProgram(int killedAt, bool afterTheCallActed) : DelegatingHandler(new SocketsHttpHandler())
    {
        private int _calls;

        public int Calls => _calls;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var call = Interlocked.Increment(ref _calls);
            if (call > killedAt || (call == killedAt && !afterTheCallActed))
                throw new OperationCanceledException("the program is gone");

            var answer = await base.SendAsync(request, cancellationToken);
            return call == killedAt ? throw new OperationCanceledException("the program is gone") : answer;
        }
    }
}
