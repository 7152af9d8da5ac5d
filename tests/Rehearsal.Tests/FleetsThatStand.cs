using LoadTesting;
using LoadTesting.OpenStack;

namespace Rehearsal.Tests;

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
        using var other = Cloud(setup => setup with { Fleet = setup.Fleet with { Replace = true }, OpenStack = setup.OpenStack with { Flavor = "c1.xlarge" } });

        var after = await other.ProvisionAsync(Cancellation);
        var again = await other.ProvisionAsync(Cancellation);

        after.Count.ShouldBe(Servers);
        after.Select(machine => machine.Id).ShouldNotContain(id => before.Any(machine => machine.Id == id));
        again.Select(machine => machine.Id).ShouldBe(after.Select(machine => machine.Id));
    }

    [Fact]
    public async Task The_operators_key_pair_is_used_and_stays_when_the_fleet_goes()
    {
        using (var earlier = Cloud(setup => setup with { Fleet = setup.Fleet with { Name = "theirs", InstanceCount = 1 } }))
            await earlier.ProvisionAsync(Cancellation);
        OpenStackSetup WithPair(OpenStackSetup setup) => setup with { OpenStack = setup.OpenStack with { KeyPair = "loadtest-key-theirs" }, KeyIsGiven = () => true };
        using var cloud = Cloud(WithPair);
        await cloud.ProvisionAsync(Cancellation);
        var fleets = await cloud.FleetsAsync(Cancellation);

        fleets.Single(fleet => fleet.Name == "f").Leftovers.ShouldNotContain(leftover => leftover.StartsWith("key pair", StringComparison.Ordinal));

        using var wrongKey = Cloud(setup => WithPair(setup) with { PublicKey = () => "ssh-ed25519 BBBB test" });
        var error = await Should.ThrowAsync<LoadTestException>(() => wrongKey.ProvisionAsync(Cancellation));
        error.Message.ShouldContain("--key-pair: the cloud's 'loadtest-key-theirs' is another key than --ssh-key");
        error.ExitCode.ShouldBe(104);
    }

    [Fact]
    public async Task An_unknown_availability_zone_is_refused_with_the_ones_there_are()
    {
        using var cloud = Cloud(setup => setup with { OpenStack = setup.OpenStack with { AvailabilityZone = "mars" } });

        (await Should.ThrowAsync<LoadTestException>(() => cloud.CheckAsync(Cancellation))).Message.ShouldContain("--availability-zone: got 'mars', which the cloud does not have; expected one of nova");
        Left.ShouldBeEmpty();
    }

    [Fact]
    public async Task Spread_puts_the_servers_into_a_group_that_goes_with_them()
    {
        using var cloud = Cloud(setup => setup with { OpenStack = setup.OpenStack with { Spread = true, AvailabilityZone = "nova" } });
        await cloud.ProvisionAsync(Cancellation);

        var group = Left.Where(file => file.Contains("server_groups", StringComparison.Ordinal)).ShouldHaveSingleItem();
        (await File.ReadAllTextAsync(group, Cancellation)).ShouldContain("soft-anti-affinity");
        Left.Where(file => file.Contains("servers", StringComparison.Ordinal)).Select(File.ReadAllText).ShouldAllBe(server => server.Contains("os:scheduler_hints"));
        await cloud.DestroyAsync(Cancellation);
        Left.ShouldBeEmpty();
    }
}
