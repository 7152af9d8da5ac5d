using LoadTesting.Providers.OpenStack;

namespace LoadTesting.Tests.Providers.OpenStack;

/// <summary>What Provision makes of a fleet that is there already, and of what the operator has in the cloud.</summary>
public sealed class FleetsThatStand : OnTheEmbeddedCloud
{
    [Fact]
    public async Task Servers_that_differ_are_refused_with_what_differs_and_nothing_is_changed()
    {
        using var cloud = Cloud();
        var before = await cloud.ProvisionAsync(Cancellation);
        using var other = Cloud(setup => setup with { OpenStack = setup.OpenStack with { Flavor = "c1.xlarge" } });

        var error = await Should.ThrowAsync<LoadTestException>(() => other.ProvisionAsync(Cancellation));
        var planned = await Should.ThrowAsync<LoadTestException>(() => other.CheckAsync(Cancellation));

        error.ExitCode.ShouldBe(104);
        error.Message.ShouldContain("f-02 has flavor c1.large, not c1.xlarge");
        planned.Message.ShouldBe(error.Message);
        (await cloud.ListAsync(Cancellation)).Select(machine => machine.Id).ShouldBe(before.Select(machine => machine.Id));
    }

    [Fact]
    public async Task Replace_makes_them_anew_and_keeps_what_fits()
    {
        using var cloud = Cloud(setup => setup with { Fleet = setup.Fleet with { InstanceCount = 2 } });
        var before = await cloud.ProvisionAsync(Cancellation);
        using var other = Cloud(
            setup => setup with { Fleet = setup.Fleet with { Replace = true }, OpenStack = setup.OpenStack with { Flavor = "c1.xlarge" } });

        var after = await other.ProvisionAsync(Cancellation);
        var again = await other.ProvisionAsync(Cancellation);

        after.Count.ShouldBe(Servers);
        after.Select(machine => machine.Id).ShouldNotContain(id => before.Any(machine => machine.Id == id));
        again.Select(machine => machine.Id).ShouldBe(after.Select(machine => machine.Id));
    }

    [Fact]
    public async Task A_wave_that_a_killed_program_did_not_rename_is_completed_and_renamed()
    {
        var renames = new NoRenames();
        using (var killed = Cloud(network: renames))
            await Should.ThrowAsync<OperationCanceledException>(() => killed.ProvisionAsync(Cancellation));
        using var cloud = Cloud(setup => setup with { Fleet = setup.Fleet with { InstanceCount = 4 } });
        var left = await cloud.ListAsync(Cancellation);

        var machines = await cloud.ProvisionAsync(Cancellation);

        left.Select(machine => machine.Name).ShouldBe(["f-1", "f-2", "f-3"]);
        machines.Select(machine => machine.Name).ShouldBe(["f-01", "f-02", "f-03", "f-04"]);
        (await cloud.ListAsync(Cancellation)).Select(machine => machine.Name).ShouldBe(["f-01", "f-02", "f-03", "f-04"]);
        machines.Select(machine => machine.Id).Take(3).ShouldBe(left.Select(machine => machine.Id));
    }

    [Fact]
    public async Task Another_program_sees_it_and_what_it_takes_away_is_gone_here_too()
    {
        using var cloud = Cloud();
        (await cloud.ListAsync(Cancellation)).ShouldBeEmpty();
        await using var theirs = await StartAsync();
        using var other = Cloud(setup => setup with { Credentials = theirs.Credentials });

        var machines = await cloud.ProvisionAsync(Cancellation);
        (await other.ListAsync(Cancellation)).Select(machine => machine.Id).ShouldBe(machines.Select(machine => machine.Id));
        await other.DestroyAsync(Cancellation);

        (await cloud.ListAsync(Cancellation)).ShouldBeEmpty();
        Left.ShouldBeEmpty();
    }

    [Fact]
    public async Task Calls_grow_with_its_servers_by_a_rename_and_a_floating_IP_each_and_their_deletes()
    {
        async Task<(int Up, int Down)> CallsAsync(int servers)
        {
            var calls = new Calls();
            using var cloud = Cloud(setup => setup with { Fleet = setup.Fleet with { InstanceCount = servers } }, calls);
            await cloud.ProvisionAsync(Cancellation);
            var up = calls.Count;
            await cloud.DestroyAsync(Cancellation);
            return (up, calls.Count - up);
        }

        var few = await CallsAsync(5);
        var many = await CallsAsync(9);

        (many.Up - few.Up).ShouldBe(2 * 4);
        (many.Down - few.Down).ShouldBe(2 * 4);
    }

    /// <summary>Counts requests, except the looks of a wait, of which there are as many as seconds.</summary>
    private sealed class Calls() : DelegatingHandler(new SocketsHttpHandler())
    {
        private int _count;

        public int Count => _count;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!request.RequestUri!.AbsolutePath.EndsWith("/servers/detail", StringComparison.Ordinal))
                Interlocked.Increment(ref _count);
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class NoRenames() : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.Method == HttpMethod.Put ? throw new OperationCanceledException("killed") : base.SendAsync(request, cancellationToken);
    }

    [Fact]
    public async Task The_operators_key_pair_is_used_and_stays_when_the_fleet_goes()
    {
        using (var earlier = Cloud(setup => setup with { Fleet = setup.Fleet with { Name = "theirs", InstanceCount = 1 } }))
            await earlier.ProvisionAsync(Cancellation);
        OpenStackSetup WithPair(OpenStackSetup setup) =>
            setup with { OpenStack = setup.OpenStack with { KeyPair = "loadtest-key-theirs" }, KeyIsGiven = () => true };
        using var cloud = Cloud(WithPair);
        await cloud.ProvisionAsync(Cancellation);
        var fleets = await cloud.FleetsAsync(Cancellation);

        fleets.Single(fleet => fleet.Name == "f").Leftovers.ShouldNotContain(
            leftover => leftover.StartsWith("key pair", StringComparison.Ordinal));

        using var wrongKey = Cloud(setup => WithPair(setup) with { PublicKey = () => "ssh-ed25519 BBBB test" });
        var error = await Should.ThrowAsync<LoadTestException>(() => wrongKey.ProvisionAsync(Cancellation));
        error.Message.ShouldContain("--key-pair: the cloud's 'loadtest-key-theirs' is not the key of --ssh-key");
        error.ExitCode.ShouldBe(104);
    }

    [Fact]
    public async Task An_unknown_availability_zone_is_refused_with_the_ones_there_are()
    {
        using var cloud = Cloud(setup => setup with { OpenStack = setup.OpenStack with { AvailabilityZone = "mars" } });

        (await Should.ThrowAsync<LoadTestException>(() => cloud.CheckAsync(Cancellation))).Message.ShouldContain(
            "--availability-zone: got 'mars', which the cloud does not have; expected one of nova");
        Left.ShouldBeEmpty();
    }

    [Fact]
    public async Task Spread_puts_the_servers_into_a_group_that_goes_with_them()
    {
        using var cloud = Cloud(setup => setup with { OpenStack = setup.OpenStack with { Spread = true, AvailabilityZone = "nova" } });
        await cloud.ProvisionAsync(Cancellation);

        var group = Left.Where(file => file.Contains("server_groups", StringComparison.Ordinal)).ShouldHaveSingleItem();
        (await File.ReadAllTextAsync(group, Cancellation)).ShouldContain("soft-anti-affinity");
        Left.Where(file => file.Contains("servers", StringComparison.Ordinal)).Select(File.ReadAllText)
            .ShouldAllBe(server => server.Contains("os:scheduler_hints"));
        await cloud.DestroyAsync(Cancellation);
        Left.ShouldBeEmpty();
    }
}
