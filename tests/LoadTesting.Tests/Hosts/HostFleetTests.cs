using LoadTesting.Hosts;

namespace LoadTesting.Tests.Hosts;

public sealed class HostFleetTests
{
    private static readonly FleetHost[] Three =
        [.. Enumerable.Range(1, 3)
        .Select(index => new FleetHost { Id = $"{index}", Name = $"f-0{index}", Index = index, Status = "ACTIVE",
        Address = $"10.0.0.{index}" })];

    [Fact]
    public async Task A_host_that_fails_is_named_with_its_reason_and_stops_no_other()
    {
        var done = 0;
        await using var hosts = new HostFleet(new NoShells(), minServers: 2, new RecordingLog());

        var results = await hosts.EachAsync("Step", Three, TimeSpan.Zero, (host, _, _) =>
        {
            Interlocked.Increment(ref done);
            return host.Index == 2 ? throw new LoadTestException("disk full") : Task.FromResult(host.Index);
        }, TestContext.Current.CancellationToken);

        done.ShouldBe(3);
        results.Select(result => result.Failure).ShouldBe([null, "disk full", null]);
    }

    [Fact]
    public async Task Fewer_hosts_than_needed_is_an_error_that_names_each_one_lost()
    {
        await using var hosts = new HostFleet(new NoShells(), minServers: null, new RecordingLog());

        var error = await Should.ThrowAsync<LoadTestException>(() => hosts.EachAsync<int>("Step", Three, TimeSpan.Zero,
            (host, _, _) => throw new LoadTestException($"reason {host.Index}"), TestContext.Current.CancellationToken));

        error.Message.ShouldContain("0 of 3 hosts are ready, 3 are needed");
        error.Message.ShouldContain("f-02 (10.0.0.2): reason 2");
        error.Message.ShouldContain("--min-servers");
    }

    [Fact]
    public async Task A_connection_that_broke_is_made_anew_for_the_next_step()
    {
        var connector = new NoShells();
        await using var hosts = new HostFleet(connector, minServers: null, new RecordingLog());
        var one = Three[..1];

        await hosts.TryEachAsync<int>(one, TimeSpan.Zero, (_, _, _) => throw new HostUnreachableException("reset"),
            TestContext.Current.CancellationToken);
        await hosts.TryEachAsync(one, TimeSpan.Zero, (_, _, _) => Task.FromResult(1), TestContext.Current.CancellationToken);
        await hosts.TryEachAsync(one, TimeSpan.Zero, (_, _, _) => Task.FromResult(1), TestContext.Current.CancellationToken);

        connector.Connections.ShouldBe(2);
    }

    private sealed class NoShells : IHostConnector
    {
        private int _connections;

        public int Connections => _connections;

        public Task<IRemoteShell> ConnectAsync(FleetHost host, TimeSpan timeout, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _connections);
            return Task.FromResult<IRemoteShell>(new NoShell());
        }
    }

    private sealed class NoShell : IRemoteShell
    {
        public Task<ShellResult> RunAsync(string script, TimeSpan deadline, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<Exchange>> AskAsync(string script, int times, TimeSpan deadline, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task UploadAsync(Stream content, string path, bool executable, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task DownloadAsync(string path, long offset, Stream destination, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
