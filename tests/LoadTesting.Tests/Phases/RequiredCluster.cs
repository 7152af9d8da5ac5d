using LoadTesting.Cluster;
using LoadTesting.Phases;
using LoadTesting.Tests.Cluster;
using Microsoft.Extensions.Time.Testing;
using Rehearsal.Kubernetes;
using Rehearsal.LiveKit;
using Reporting;
using Reporting.Raw.Manifest;

namespace LoadTesting.Tests.Phases;

/// <summary>
/// A cluster that is not there or does not let us in ends Prepare where it is required; else it is said, and said again in the report.
/// </summary>
public sealed class RequiredCluster : IAsyncLifetime
{
    private readonly DirectoryInfo _results = Directory.CreateTempSubdirectory("results");
    private readonly HttpClient _http = new();
    private readonly OneHost _host =
        new() { Answer = (_, _) =>
        Task.FromResult(OneHost.Said("lk\tlk version 2.18.1\nfree\t9999999\nrunning\t0\nlivekit\tsuccess 200\n")) };
    private LiveKitStub _door = null!;
    private ApiServer _server = null!;
    private Recorded _deployments = Recorded.Of("210-deployments-all-namespaces").InNamespace("livekit");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _door = await LiveKitStub.OpenAsync(Cancellation);
        _server = await ApiServer.StartAsync(
            context => (context.Request.Path.Value!.EndsWith("/deployments") ? _deployments : Recorded.Of("115-unknown-path"))
            .WriteAsync(context), TimeProvider.System, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _door.DisposeAsync();
        await _host.DisposeAsync();
        _http.Dispose();
        _results.Delete(recursive: true);
    }

    [Fact]
    public async Task Lets_Prepare_pass_when_LiveKit_is_found_in_it_and_fewer_rooms_than_pods_are_said()
    {
        using var cluster = Open();

        await PrepareAsync(cluster, required: true);

        _host.Log.Warnings.ShouldHaveSingleItem().ShouldContain("1 room for 2 LiveKit pods: a room is on one pod");
    }

    [Fact]
    public async Task Is_an_error_without_a_kubeconfig_and_a_warning_where_it_is_not_required()
    {
        (await Should.ThrowAsync<LoadTestException>(() => PrepareAsync(null, required: true))).ShouldSatisfyAllConditions(
            error => error.Message.ShouldContain("--require cluster: there is no kubeconfig at /nowhere/config"),
            error => error.ExitCode.ShouldBe(ExitCodes.InvalidParameters));

        await PrepareAsync(null, required: false);

        _host.Log.Warnings.ShouldHaveSingleItem()
            .ShouldContain("The cluster will not be observed: there is no kubeconfig at /nowhere/config");
        (await GapsAsync(null))
            .ShouldContain(gap => gap.Source == "Kubernetes" && gap.Why == "there is no kubeconfig for it" && gap.To == null);
    }

    [Fact]
    public async Task Is_an_error_that_names_the_missing_right_and_a_gap_in_the_report_where_it_is_not_required()
    {
        _deployments = Recorded.Of("604-sa-no-rights-deployments-cluster");
        using var cluster = Open();

        (await Should.ThrowAsync<LoadTestException>(() => PrepareAsync(cluster, required: true))).Message.ShouldContain(
            "--require cluster: deployments of namespace livekit could not be read: forbidden: deployments.apps is forbidden");
        await PrepareAsync(cluster, required: false);

        _host.Log.Warnings.ShouldHaveSingleItem()
            .ShouldContain("The cluster will not be observed: deployments of namespace livekit could not be read");
        var gap = (await GapsAsync(cluster)).Single(one => one.Source == "Kubernetes");
        gap.Why.ShouldContain("forbidden: deployments.apps is forbidden");
        gap.Needs.ShouldBe("get,list on deployments");
    }

    [Fact]
    public async Task Is_an_error_where_there_is_no_LiveKit_in_it()
    {
        _deployments = _deployments.WithItems();
        using var cluster = Open();

        (await Should.ThrowAsync<LoadTestException>(() => PrepareAsync(cluster, required: true))).Message.ShouldContain(
            "--require cluster: --livekit-namespace: got 'livekit'");
    }

    [Fact]
    public async Task Is_asked_by_Plan_which_says_that_there_are_fewer_rooms_than_pods()
    {
        using var cluster = Open();

        var rows = await PlanAsync(() => cluster);

        rows.Select(row => row.Name).ShouldBe(["Cluster", ""]);
        rows[0].Value.ShouldStartWith("livekit-livekit-server in namespace livekit, ");
        rows[0].Value.ShouldEndWith("2 replicas");
        rows[1].Value.ShouldStartWith(
            "1 room for 2 LiveKit pods: a room is on one pod, so some pods will carry nothing. --rooms 2 or more");
        (await PlanAsync(() => cluster, new Rooms(2))).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Is_no_error_of_Plan_when_it_is_not_there_or_lets_nobody_in_or_has_a_fault()
    {
        _deployments = Recorded.Of("604-sa-no-rights-deployments-cluster");
        using var cluster = Open();

        (await PlanAsync(() => null)).ShouldBe([("Cluster", "not asked: there is no kubeconfig at /nowhere/config")]);
        (await PlanAsync(() => cluster))
            .ShouldHaveSingleItem().Value.ShouldStartWith("not known: deployments of namespace livekit could not be read: forbidden");
        (await PlanAsync(() => throw LoadTestException.Invalid("--kubeconfig: a fault")))
            .ShouldHaveSingleItem().Value.ShouldBe("not known: --kubeconfig: a fault");
    }

    [Fact]
    public async Task Is_waited_for_by_Plan_for_ten_seconds_when_it_does_not_answer()
    {
        var (time, asked) = (new FakeTimeProvider(), new TaskCompletionSource());
        await using var silent = await ApiServer.StartAsync(context =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        }, TimeProvider.System, Cancellation);
        using var cluster = Open(silent);

        var planning = PlanAsync(() => cluster, time: time);
        await asked.Task.WaitAsync(Cancellation);
        time.Advance(PlannedCluster.AnswerTimeout);

        (await planning).ShouldBe([("Cluster", "not known: no answer within 10 s")]);
    }

    private static Task<IReadOnlyList<(string Name, string Value)>> PlanAsync(Func<ClusterUnderTest?> cluster, Rooms? rooms = null,
        TimeProvider? time = null) => PlannedCluster.RowsAsync(
        new LoadTestParameters { Fleet = new FleetParameters { InstanceCount = 2 }, Load =
            new LoadParameters { Rooms = rooms ?? new Rooms(1) }, LiveKit = new LiveKitParameters { Kubeconfig = "/nowhere/config" } },
        cluster, time ?? TimeProvider.System, Cancellation);

    private Task PrepareAsync(ClusterUnderTest? cluster, bool required) =>
        new PreparePhase(Context(cluster, required)).RunAsync(Cancellation);

    /// <summary>What the report says was not observed of a run.</summary>
    private async Task<IReadOnlyList<Reporting.Summary.ObservationGap>> GapsAsync(ClusterUnderTest? cluster)
    {
        var manifest = new RunManifest
        {
            RunId = "run", Fleet = "fleet", Cloud = "test", ToolVersion = "1",
            Plan = new RunPlan { DurationSeconds = 1, RampUpSeconds = 1, Own = ResultsFolder.Media(), Processes = [] },
        };
        var context = Context(cluster, required: false);
        await using (await RunMonitor.StartAsync(context, manifest, _door.Credentials, Cancellation))
        {
            while (Summary(manifest)?.Gaps is not { Count: > 0 })
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
        }

        return Summary(manifest)!.Gaps;
    }

    private Reporting.Summary.ClusterSummary? Summary(RunManifest manifest) =>
        ResultsReport.Summarize(manifest, _results.FullName, [], DateTimeOffset.UnixEpoch).Cluster;

    private PhaseContext Context(ClusterUnderTest? cluster, bool required) =>
        _host.Context(_results.FullName, _door.Credentials, _http,
            new LiveKitParameters { RequireCluster = required, Kubeconfig = "/nowhere/config" }, cluster);

    private ClusterUnderTest Open(ApiServer? server = null)
    {
        var kubeconfig = Path.Combine(_results.FullName, "kubeconfig");
        File.WriteAllText(kubeconfig, (server ?? _server).Kubeconfig());
        return ClusterUnderTest.Open(new LiveKitParameters { Kubeconfig = kubeconfig }, "/", TimeProvider.System)!;
    }
}
