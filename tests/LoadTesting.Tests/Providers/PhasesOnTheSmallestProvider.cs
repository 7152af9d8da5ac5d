using LoadTesting.Phases;
using LoadTesting.Providers;
using LoadTesting.Results;

namespace LoadTesting.Tests.Providers;

/// <summary>
/// To add a provider is to write one class: phases take one that they have never heard of, whose hosts have no address, no SSH and nothing
/// to pay.
/// </summary>
public sealed class PhasesOnTheSmallestProvider : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("memory-");
    private readonly LoadTestParameters _parameters =
        new() { Fleet = new FleetParameters { Name = "f", InstanceCount = 2, Controller = "test@here" } };
    private readonly Said _said = new();
    private InMemoryProvider _provider = null!;
    private FleetEnvironment _environment = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _provider = new InMemoryProvider(Path.Combine(_folder.FullName, "hosts"), TimeProvider.System);
        _environment = await _provider.OpenAsync(new ProviderContext
        {
            Parameters = _parameters,
            Log = _said,
            Home = _folder.FullName,
            Variables = new Dictionary<string, string>(StringComparer.Ordinal),
            TemporaryDirectory = _folder.FullName,
        }, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _environment.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Plan_has_its_words_for_the_fleet_and_the_price()
    {
        var rows = new PlanPhase(_parameters, _provider, new(Kubernetes: false, Metrics: false)).Rows();

        rows.ShouldContain(("Fleet", "2 folders"));
        rows.ShouldContain(("Price", "folders cost nothing"));
    }

    [Fact]
    public async Task Provision_Status_and_Destroy_work_and_report_what_the_provider_knows()
    {
        await new ProvisionPhase(Context).RunAsync(Cancellation);
        await new StatusPhase(Context).RunAsync(Cancellation);
        await new DestroyPhase(Context).RunAsync(Cancellation);
        await new StatusPhase(Context).RunAsync(Cancellation);

        _said.Lines.ShouldBe(
        [
            "2 servers up: f-01 to f-02.",
            "fleet f: 2 servers (2 READY), made by test@here, expires in 3 hours, 59 minutes",
            "The fleet has no run.",
            "Nothing of fleet f is left in memory.",
            "There is no fleet of this tool in memory.",
        ]);
        Directory.EnumerateFiles(Context.Results.Path).ShouldBeEmpty("there are no files with which to log in");
    }

    [Fact]
    public async Task A_step_of_Capacity_sees_the_first_hosts_only()
    {
        await new ProvisionPhase(Context).RunAsync(Cancellation);

        (await (Context with { HostCount = 1 }).ListAsync(Cancellation)).ShouldHaveSingleItem().Name.ShouldBe("f-01");
        (await Context.ListAsync(Cancellation)).Count.ShouldBe(2);
    }

    private PhaseContext Context => new()
    {
        Parameters = _parameters,
        Given = new Dictionary<string, string>(StringComparer.Ordinal),
        Named = new HashSet<string>(StringComparer.Ordinal) { "Provision" },
        Environment = _environment,
        Log = _said,
        Time = TimeProvider.System,
        Results = new ResultsDirectory(Directory.CreateDirectory(Path.Combine(_folder.FullName, "results")).FullName),
        ToolVersion = "1",
    };

    private sealed class Said : IProgressLog
    {
        public List<string> Lines { get; } = [];

        public void Say(string message) => Lines.Add(message);

        public void Warn(string message) => Lines.Add(message);

        public void Detail(string message)
        {
        }

        public void Show(ProgressView view)
        {
        }
    }
}
