using LoadTesting;

namespace Rehearsal.Tests;

/// <summary>A server that ends in ERROR each time it is made.</summary>
public sealed class ServersInError : OnTheEmbeddedCloud
{
    protected override string Scenario => "no-host";

    [Fact]
    public async Task Fails_with_the_clouds_reason_when_all_are_needed_and_Destroy_leaves_nothing()
    {
        using var cloud = Cloud();

        var error = await Should.ThrowAsync<LoadTestException>(() => cloud.ProvisionAsync(Cancellation));
        var fault = (await cloud.ListAsync(Cancellation)).Single(machine => machine.Status == "ERROR").Fault;
        await cloud.DestroyAsync(Cancellation);

        fault.ShouldBe("No valid host was found.");
        error.Message.ShouldStartWith("f-02 ended in ERROR 3 times, last: No valid host was found.");
        Left.ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_left_out_when_fewer_servers_are_enough()
    {
        using var cloud = Cloud(setup => setup with { Fleet = setup.Fleet with { MinServers = 2 } });

        (await cloud.ProvisionAsync(Cancellation)).Select(machine => machine.Name).ShouldBe(["f-01", "f-03"]);
    }
}
