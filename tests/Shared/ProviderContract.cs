using LoadTesting.Hosts;
using LoadTesting.Providers;

namespace Tests.Shared;

/// <summary>
/// What every provider of hosts keeps to. Each step opens an environment anew, as a program of its own would: only the provider may
/// remember a fleet.
/// </summary>
public abstract class ProviderContract : IAsyncLifetime
{
    private const int Hosts = 2;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("contract-");
    private readonly List<FleetEnvironment> _open = [];

    /// <summary>A folder of the test's own.</summary>
    protected string Folder => _folder.FullName;

    /// <summary>The clock of the providers.</summary>
    protected virtual TimeProvider Time => TimeProvider.System;

    /// <summary>Whether the hosts exist before the fleet and after it.</summary>
    protected virtual bool HostsExist => false;

    /// <summary>Whether a fleet ends by itself when its time is over.</summary>
    protected virtual bool FleetsExpire => true;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A fleet that no other test has.</summary>
    protected FleetParameters Fleet { get; } =
        new() { Name = $"contract-{Guid.NewGuid():N}"[..16], InstanceCount = Hosts, Controller = "test@here" };

    private FleetParameters Neighbour => Fleet with { Name = $"{Fleet.Name}-b" };

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var environment in _open)
            await environment.DisposeAsync();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_fleet_that_was_never_made_has_no_hosts_and_is_not_reported()
    {
        var environment = await OpenAsync(Fleet);

        (await environment.Cloud.ListAsync(Cancellation)).Count.ShouldBe(HostsExist ? Hosts : 0);
        (await ReportedAsync(Fleet)).ShouldBeNull();
    }

    [Fact]
    public async Task Check_says_what_would_be_made_and_makes_nothing()
    {
        var plan = await (await OpenAsync(Fleet)).Administration.CheckAsync(Cancellation);

        plan.Where.ShouldNotBeNullOrEmpty();
        plan.Rows.ShouldNotBeEmpty();
        (await ReportedAsync(Fleet)).ShouldBeNull();
    }

    [Fact]
    public async Task Provision_returns_as_many_hosts_as_wanted_and_any_program_lists_them_in_the_same_order()
    {
        var made = await ProvisionAsync(Fleet);

        made.Select(host => host.Index).ShouldBe(Enumerable.Range(1, Hosts));
        made.Select(host => host.Id).ShouldBeUnique();
        made.Select(host => host.Name).ShouldBeUnique();
        (await ListAsync(Fleet)).Select(host => (host.Id, host.Name, host.Index))
            .ShouldBe(made.Select(host => (host.Id, host.Name, host.Index)));
        var reported = (await ReportedAsync(Fleet)).ShouldNotBeNull();
        reported.Controller.ShouldBe(Fleet.Controller);
        reported.Hosts.Select(host => host.Id).ShouldBe(made.Select(host => host.Id));
    }

    [Fact]
    public async Task Provision_of_a_complete_fleet_changes_nothing_and_of_a_part_makes_the_rest()
    {
        var part = await ProvisionAsync(Fleet with { InstanceCount = 1 });
        var whole = await ProvisionAsync(Fleet);
        var again = await ProvisionAsync(Fleet);

        part.ShouldHaveSingleItem().Id.ShouldBe(whole[0].Id);
        whole.Count.ShouldBe(Hosts);
        again.Select(host => host.Id).ShouldBe(whole.Select(host => host.Id));
    }

    [Fact]
    public async Task Each_host_that_is_listed_runs_commands_and_keeps_files()
    {
        await ProvisionAsync(Fleet);
        var environment = await OpenAsync(Fleet);

        var answers = await environment.Hosts.EachAsync("Contract", await ListAsync(Fleet), Limit, async (host, shell, token) =>
        {
            await shell.UploadAsync(new MemoryStream("kept\n"u8.ToArray()), "contract/file", executable: false, token);
            var result = await shell.RunAsync($"cat contract/file; rm -r contract; echo $(({host.Index} + 40))", Limit, token);
            return (result.ExitCode, result.Text);
        }, Cancellation);

        answers.Select(answer => answer.Value).ShouldBe([(0, "kept\n41\n"), (0, "kept\n42\n")]);
    }

    [Fact]
    public async Task A_fleet_of_another_controller_is_neither_used_nor_destroyed_unless_it_is_taken_over()
    {
        var theirs = await ProvisionAsync(Fleet);
        var ours = Fleet with { Controller = "somebody@else" };

        (await Should.ThrowAsync<LoadTestException>(() => ProvisionAsync(ours))).Message.ShouldContain(Fleet.Controller);
        (await Should.ThrowAsync<LoadTestException>(() => DestroyAsync(ours))).Message.ShouldContain(Fleet.Controller);
        (await ReportedAsync(Fleet)).ShouldNotBeNull().Hosts.Count.ShouldBe(Hosts);

        (await ProvisionAsync(ours with { TakeOver = true })).Select(host => host.Id).ShouldBe(theirs.Select(host => host.Id));
        await DestroyAsync(ours with { TakeOver = true });
        (await ReportedAsync(Fleet)).ShouldBeNull();
    }

    [Fact]
    public async Task Destroy_leaves_nothing_and_may_be_called_again()
    {
        await ProvisionAsync(Fleet);

        await DestroyAsync(Fleet);
        await DestroyAsync(Fleet);

        (await ReportedAsync(Fleet)).ShouldBeNull();
        (await ListAsync(Fleet)).Count.ShouldBe(HostsExist ? Hosts : 0);
    }

    [Fact]
    public async Task Abandon_sends_the_deletes_and_waits_by_no_clock()
    {
        await ProvisionAsync(Fleet);

        await (await OpenAsync(Fleet, new StoppedTime())).Cloud.AbandonAsync(Cancellation)
            .WaitAsync(Limit, TimeProvider.System, Cancellation);

        (await ListAsync(Fleet)).Count.ShouldBe(HostsExist ? Hosts : 0);
        await DestroyAsync(Fleet);
        (await ReportedAsync(Fleet)).ShouldBeNull();
    }

    [Fact]
    public async Task Two_fleets_do_not_touch_each_other()
    {
        var ours = await ProvisionAsync(Fleet);
        var theirs = await ProvisionAsync(Neighbour);

        theirs.Select(host => host.Id).ShouldNotContain(id => ours.Any(host => host.Id == id));
        await DestroyAsync(Fleet);
        (await ReportedAsync(Fleet)).ShouldBeNull();
        (await ReportedAsync(Neighbour)).ShouldNotBeNull().Hosts.Select(host => host.Id).ShouldBe(theirs.Select(host => host.Id));
        await DestroyAsync(Neighbour);
    }

    [Fact]
    public async Task Administration_destroys_the_fleets_whose_time_is_over_whoever_made_them_and_no_other()
    {
        var expired = Neighbour with { ExpiresAfter = TimeSpan.FromHours(-1), Controller = "somebody@else" };
        await ProvisionAsync(expired);
        await ProvisionAsync(Fleet);

        var swept = await (await OpenAsync(Fleet)).Administration.DestroyExpiredAsync(Cancellation);

        swept.ShouldBe(FleetsExpire ? [expired.Name] : []);
        (await ReportedAsync(expired) is null).ShouldBe(FleetsExpire);
        (await ReportedAsync(Fleet)).ShouldNotBeNull();
        await DestroyAsync(Fleet);
        await DestroyAsync(expired);
    }

    /// <summary>Opens the provider's environment.</summary>
    protected abstract Task<FleetEnvironment> OpenAsync(ProviderContext context);

    private async Task<FleetEnvironment> OpenAsync(FleetParameters fleet, TimeProvider? time = null)
    {
        var environment = await OpenAsync(new ProviderContext
        {
            Parameters = new LoadTestParameters { Fleet = fleet },
            Log = new Diagnostics(),
            Time = time ?? Time,
            Home = Folder,
            Variables = new Dictionary<string, string>(StringComparer.Ordinal),
            TemporaryDirectory = Folder,
        });
        _open.Add(environment);
        return environment;
    }

    private async Task<IReadOnlyList<FleetHost>> ProvisionAsync(FleetParameters fleet) =>
        await (await OpenAsync(fleet)).Cloud.ProvisionAsync(Cancellation);

    private async Task<IReadOnlyList<FleetHost>> ListAsync(FleetParameters fleet) =>
        await (await OpenAsync(fleet)).Cloud.ListAsync(Cancellation);

    private async Task DestroyAsync(FleetParameters fleet) => await (await OpenAsync(fleet)).Cloud.DestroyAsync(Cancellation);

    /// <summary>The fleet as Status sees it; null when it is not there.</summary>
    private async Task<FleetStatus?> ReportedAsync(FleetParameters fleet) =>
        (await (await OpenAsync(fleet)).Administration.FleetsAsync(Cancellation)).SingleOrDefault(one => one.Name == fleet.Name);

    /// <summary>A clock whose timers never fire.</summary>
    private sealed class StoppedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private sealed class Diagnostics : IProgressLog
    {
        public void Say(string message) => TestContext.Current.SendDiagnosticMessage(message);

        public void Warn(string message) => TestContext.Current.SendDiagnosticMessage(message);

        public void Detail(string message) => TestContext.Current.SendDiagnosticMessage(message);

        public void Show(ProgressView view) => TestContext.Current.SendDiagnosticMessage(view.Line);
    }
}
