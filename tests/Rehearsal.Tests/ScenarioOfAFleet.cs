using LoadTesting.Providers;
using LoadTesting.Providers.OpenStack;

namespace Rehearsal.Tests;

/// <summary>The scenario belongs to the fleet, not to the command line.</summary>
public sealed class ScenarioOfAFleet : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scenario-");
    private readonly RecordingLog _log = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Is_the_one_with_which_it_was_provisioned_until_it_is_destroyed()
    {
        await WithAsync("one", "saturated", environment => environment.Cloud.ProvisionAsync(TestContext.Current.CancellationToken));

        (await ScenarioAsync("one", "healthy")).ShouldBe("saturated");
        _log.Text.ShouldContain("The fleet was provisioned with the scenario saturated and plays it, not healthy.");
        (await ScenarioAsync("two", "lossy")).ShouldBe("lossy", "another fleet has its own");

        await WithAsync("one", "healthy", environment => environment.Cloud.DestroyAsync(TestContext.Current.CancellationToken));
        (await ScenarioAsync("one", "healthy")).ShouldBe("healthy");
    }

    [Fact]
    public async Task Is_played_by_the_servers_that_are_added_later()
    {
        await WithAsync("one", "saturated", environment => environment.Cloud.ProvisionAsync(TestContext.Current.CancellationToken));

        await WithAsync("one", "healthy", environment => environment.Cloud.ProvisionAsync(TestContext.Current.CancellationToken),
            servers: 2);

        Directory.GetFiles(_folder.FullName, "scenario", SearchOption.AllDirectories).Select(File.ReadAllText)
            .ShouldBe(["saturated\n", "saturated\n"]);
    }

    private async Task<string> ScenarioAsync(string fleet, string scenario)
    {
        var played = "";
        await WithAsync(fleet, scenario, environment =>
        {
            played = environment.Replay!.Scenario;
            return Task.CompletedTask;
        });
        return played;
    }

    private async Task WithAsync(string fleet, string scenario, Func<FleetEnvironment, Task> use, int servers = 1)
    {
        await using var environment = await new RehearsalProvider(new OpenStackParameters(), scenario).OpenAsync(new ProviderContext
        {
            Parameters = new LoadTestParameters
            {
                Fleet = new FleetParameters { Name = fleet, InstanceCount = servers, MinServers = servers, Controller = "test@here" },
            },
            Log = _log,
            Home = _folder.FullName,
            Variables = new Dictionary<string, string>(),
            TemporaryDirectory = _folder.FullName,
        }, TestContext.Current.CancellationToken);
        await use(environment);
    }
}
