using LoadTesting.Providers.OpenStack;
using Rehearsal.Hosts;
using Rehearsal.OpenStack;

namespace Rehearsal.Tests;

/// <summary>
/// The table of docs/guides/rehearsal.md has the verdict of each scenario as its hosts and its cluster lead to it. UPDATE_GOLDEN=1
/// writes it.
/// </summary>
[Trait("speed", "slow")]
public sealed class ScenarioVerdicts(ReplayedScenarios scenarios) : IClassFixture<ReplayedScenarios>
{
    private static string Page => Checkout.At("docs", "guides", "rehearsal.md");

    public static TheoryData<string> Scenarios { get; } = [.. ReplayedScenarios.Names];

    public static TheoryData<string> ScenariosWithoutLoad { get; } = [.. ReplayedScenarios.NamesWithoutLoad];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Are_those_of_the_page(string scenario)
    {
        var judgement = (await scenarios.SummaryAsync(scenario)).Judgement;

        Check(scenario, $"{judgement.Verdict}", judgement.Reason);
    }

    [Theory]
    [MemberData(nameof(ScenariosWithoutLoad))]
    public async Task Without_a_load_are_the_message_of_the_page(string scenario)
    {
        var folder = Directory.CreateTempSubdirectory("scenario-");
        try
        {
            var hosts = new HostFolders(Path.Combine(folder.FullName, "hosts"), scenario);
            await using var openStack = await EmbeddedCloud.StartAsync(
                new EmbeddedCloudOptions { Directory = Path.Combine(folder.FullName, "cloud"), Hosts = hosts, Scenario = scenario },
                TestContext.Current.CancellationToken);
            using var cloud = new OpenStackCloud(new OpenStackSetup
            {
                Credentials = openStack.Credentials,
                Fleet = new FleetParameters { Name = "rehearsal", Controller = "test@here" },
                OpenStack = new OpenStackParameters(),
                PublicKey = () => "ssh-ed25519 AAAA test",
                Log = new RecordingLog(),
                Time = new AcceleratedTimeProvider(),
            });

            var error = await Should.ThrowAsync<LoadTestException>(() => cloud.ProvisionAsync(TestContext.Current.CancellationToken));

            Check(scenario, "no load", error.Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Compares the last two cells of the scenario's row.</summary>
    private static void Check(string scenario, string verdict, string sentence)
    {
        var lines = File.ReadAllLines(Page);
        var row = Array.FindIndex(lines, line => line.StartsWith($"| `{scenario}` |", StringComparison.Ordinal));
        row.ShouldBeGreaterThanOrEqualTo(0, $"{Page} has no row of {scenario}");
        var expected = $"| {string.Join(" | ", lines[row].Split('|')[1..3].Select(cell => cell.Trim()))} | {verdict} | "
            + $"{sentence.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal).Trim()} |";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            lines[row] = expected;
            File.WriteAllText(Page, string.Join('\n', lines) + "\n");
        }

        lines[row].ShouldBe(expected, "UPDATE_GOLDEN=1 writes the page");
    }
}
