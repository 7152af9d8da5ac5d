using LoadTesting.LiveKit;
using LoadTesting.Tests.Cluster;
using Rehearsal.LiveKit;
using Reporting.Raw.Manifest;

namespace LoadTesting.Tests.LiveKit;

/// <summary>A run's rooms are made with its mark and taken away after it; nobody else's are touched.</summary>
public sealed class RoomsOfARun : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private readonly RecordingLog _log = new();
    private LiveKitStub _door = null!;

    public async ValueTask InitializeAsync() => _door = await LiveKitStub.OpenAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _door.DisposeAsync();
    }

    [Fact]
    public async Task Are_made_listed_and_deleted_and_others_are_only_counted()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var service = new RoomService(_http, _door.Credentials, TimeProvider.System);
        var rooms = new RunRooms(service, _log);
        await service.CreateAsync("standup", "{\"load_test\":17}", TimeSpan.FromMinutes(1), cancellation);
        await service.CreateAsync("retro", "not JSON", TimeSpan.FromMinutes(1), cancellation);

        (await rooms.DescribeAsync(cancellation)).ShouldBe("no other load on it");
        await rooms.CreateAsync(Manifest("run-1", "a", "b"), cancellation);
        var seen = await rooms.SeeAsync(Manifest("run-1", "a", "b"), default, cancellation);
        await rooms.DeleteAsync(Manifest("run-1", "a", "b"), cancellation);

        seen.Rooms.Select(room => room.Name).ShouldBe(["a", "b"]);
        seen.OtherRooms.ShouldBe(0);
        (await service.ListAsync(null, cancellation)).Select(room => room.Name).ShouldBe(["standup", "retro"], ignoreOrder: true);
        _log.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_of_the_same_name_that_somebody_else_made_is_used_and_left()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var service = new RoomService(_http, _door.Credentials, TimeProvider.System);
        var rooms = new RunRooms(service, _log);
        await service.CreateAsync("a", "{\"load_test\":\"run-0\"}", TimeSpan.FromMinutes(1), cancellation);

        await rooms.CreateAsync(Manifest("run-1", "a"), cancellation);
        await rooms.DeleteAsync(Manifest("run-1", "a"), cancellation);

        _log.Warnings.ShouldHaveSingleItem().ShouldContain("Room a already exists");
        (await service.ListAsync(["a"], cancellation)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Of_others_are_said_before_the_run_with_all_who_are_in_them()
    {
        using var http = new HttpClient(new Captured(text => text));

        (await new RunRooms(new RoomService(http, _door.Credentials, TimeProvider.System), _log)
            .DescribeAsync(TestContext.Current.CancellationToken)).ShouldBe("other load on this LiveKit: 3 rooms, 57 participants");
    }

    [Theory]
    [InlineData("loadtest-smoke-20261129-110406-r2yv", 0)]
    [InlineData("loadtest-smoke", 1)]
    [InlineData("standup", 1)]
    public async Task Of_others_are_load_but_for_those_of_smoke_joins(string name, int others)
    {
        using var http = new HttpClient(new Captured(text => System.Text.RegularExpressions.Regex.Replace(text,
            "\"name\":\"[^\"]*\"", $"\"name\":\"{name}\"", System.Text.RegularExpressions.RegexOptions.NonBacktracking)));

        var seen = await new RunRooms(new RoomService(http, _door.Credentials, TimeProvider.System), _log)
            .SeeAsync(Manifest("run-1", "a"), default, TestContext.Current.CancellationToken);

        (seen.OtherRooms > 0).ShouldBe(others > 0);
        (seen.OtherParticipants > 0).ShouldBe(others > 0);
    }

    [Fact]
    public async Task Of_another_load_test_that_is_going_on_end_the_preparation()
    {
        using var http = new HttpClient(
            new Captured(text =>
            text.Replace("\"metadata\":\"\"", "\"metadata\":\"{\\\"load_test\\\":\\\"run-7\\\"}\"", StringComparison.Ordinal)));

        var error = await Should.ThrowAsync<LoadTestException>(() =>
            new RunRooms(new RoomService(http, _door.Credentials, TimeProvider.System), _log)
                .DescribeAsync(TestContext.Current.CancellationToken));

        error.Message.ShouldContain("a load test of another fleet: run run-7 has 3 rooms, 57 participants there");
    }

    [Fact]
    public async Task A_room_that_is_gone_already_is_deleted_without_an_error()
    {
        using var network = new Requests();
        using var http = new HttpClient(network);
        var service = new RoomService(http, _door.Credentials, TimeProvider.System);

        await Should.NotThrowAsync(() => service.DeleteAsync("nosuchroom", TestContext.Current.CancellationToken));

        network.Sent.ShouldHaveSingleItem().ShouldBe("""/twirp/livekit.RoomService/DeleteRoom {"room":"nosuchroom"} 404""");
    }

    [Fact]
    public async Task A_wrong_secret_ends_the_preparation_and_the_token_is_not_repeated()
    {
        var wrong = _door.Credentials with { ApiSecret = new Secret("wrong") };

        var error = await Should.ThrowAsync<LoadTestException>(() =>
            new RunRooms(new RoomService(_http, wrong, TimeProvider.System), _log).DescribeAsync(TestContext.Current.CancellationToken));

        error.ExitCode.ShouldBe(ExitCodes.InvalidParameters);
        error.Message.ShouldContain("does not accept the API key or secret");
        error.Message.ShouldNotContain("eyJ", Case.Sensitive);
    }

    [Fact]
    public async Task A_LiveKit_that_only_the_hosts_reach_stops_nothing()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var rooms = new RunRooms(new RoomService(_http, _door.Credentials with { Url = "ws://127.0.0.1:1" }, TimeProvider.System), _log);

        (await rooms.DescribeAsync(cancellation)).ShouldBeNull();
        await rooms.CreateAsync(Manifest("run-1", "a", "b"), cancellation);
        await rooms.DeleteAsync(Manifest("run-1", "a", "b"), cancellation);

        _log.Warnings.Count.ShouldBe(3);
        _log.Warnings.First().ShouldContain("only the hosts reach it");
    }

    private static RunManifest Manifest(string runId, params IReadOnlyList<string> rooms) => new()
    {
        RunId = runId,
        Fleet = "fleet",
        Cloud = "rehearsal",
        ToolVersion = "1",
        Plan = LoadTesting.LoadKinds.Participants.LoadPlanner.Plan(new LoadParameters(), [.. rooms], runId) is var plan
            ? plan with { Processes = [.. plan.Processes.Zip(rooms, (process, room) => process with { Room = room })] }
            : null!,
    };

    /// <summary>Notes what is asked and with which status it is answered.</summary>
    private sealed class Requests() : DelegatingHandler(new SocketsHttpHandler())
    {
        public List<string> Sent { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            var answer = await base.SendAsync(request, cancellationToken);
            Sent.Add($"{request.RequestUri!.AbsolutePath} {body} {(int)answer.StatusCode}");
            return answer;
        }
    }

    /// <summary>Answers with the list of rooms that a livekit-server 1.13.5 gave.</summary>
    private sealed class Captured(Func<string, string> changed) : HttpMessageHandler
    {
        private static readonly string ListRooms = File.ReadAllText(Path.Combine(Recorded.Folder, "..", "LiveKit", "list-rooms.json"));

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage {
                Content = new StringContent(changed(ListRooms), System.Text.Encoding.UTF8, "application/json") });
    }
}
