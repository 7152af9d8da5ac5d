using System.Collections;
using LoadTesting.Phases;
using LoadTesting.Providers;
using LoadTesting.Providers.Inventory;
using LoadTesting.Providers.OpenStack;
using Rehearsal;
using Spectre.Console;

/// <summary>Where the hosts come from: a provider for each value of --cloud, and what the phases are given of the chosen one.</summary>
internal sealed partial class Build
{
    private IReadOnlyList<FleetProvider>? _providers;

    /// <summary>Every provider there is.</summary>
    IReadOnlyList<FleetProvider> Providers => _providers ??=
    [
        new OpenStackProvider(OpenStack, Ssh),
        new InventoryProvider(new InventoryParameters(Inventory ?? "", InventoryGroup), Ssh, InstanceCount, Home),
        new RehearsalProvider(OpenStack, RehearsalScenario),
    ];

    FleetProvider Provider => Providers.Single(provider => provider.Name == Cloud);

    private static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    ProviderContext ProviderContext => new()
    {
        Parameters = Parameters,
        Log = _log,
        Home = Home,
        Variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => entry.Value as string ?? ""),
        TemporaryDirectory = TemporaryDirectory,
        Ask = Console.IsInputRedirected ? null : prompt => AnsiConsole.Prompt(new TextPrompt<string>(prompt) { IsSecret = true }),
    };

    async Task<FleetEnvironment> CreateEnvironment(CancellationToken cancellation) =>
        _environment ??= await Provider.OpenAsync(ProviderContext, cancellation);

    PhaseContext ContextOf(FleetEnvironment environment) => new()
    {
        Parameters = Parameters,
        Given = Given(),
        Named = InvokedTargets.Select(target => target.Name).ToHashSet(),
        Environment = environment,
        Log = _log,
        Time = TimeProvider.System,
        Results = Results,
        ToolVersion = ToolVersion,
    };

    IEnumerable<ParameterProblem> ProviderProblems() =>
        Providers.SelectMany(provider => provider == Provider ? provider.Problems : provider.ProblemsBeside(Cloud));
}
