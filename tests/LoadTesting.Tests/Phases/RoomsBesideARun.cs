using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using LoadTesting.Hosts;
using LoadTesting.LiveKit;
using LoadTesting.Phases;
using LoadTesting.Results;
using Rehearsal.LiveKit;

namespace LoadTesting.Tests.Phases;

/// <summary>A run's rooms are there before its hosts are armed, and gone however it ends.</summary>
public sealed class RoomsBesideARun : IAsyncLifetime
{
    private readonly DirectoryInfo _results = Directory.CreateTempSubdirectory("results");
    private readonly Overheard _network = new();
    private readonly HttpClient _http;
    private LiveKitStub _door = null!;

    public RoomsBesideARun() => _http = new HttpClient(_network);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _door = await LiveKitStub.OpenAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        await _door.DisposeAsync();
        _http.Dispose();
        _network.Dispose();
        _results.Delete(recursive: true);
    }

    [Fact]
    public async Task Carry_the_runs_id_and_close_by_themselves_when_nobody_comes()
    {
        await Should.ThrowAsync<LoadTestException>(
            () => RunAsync((_, _) => Task.FromResult(OneHost.Said("no room on disk", 1)), Cancellation));

        var room = _network.Asked("CreateRoom").ShouldHaveSingleItem();
        ((int)room["empty_timeout"]!).ShouldBeGreaterThan(60);
        var runId = new ResultsDirectory(_results.FullName).Manifest()!.RunId;
        JsonNode.Parse((string)room["metadata"]!)!.AsObject().ShouldHaveSingleItem().Value!.ToString().ShouldBe(runId);
    }

    [Fact]
    public async Task Are_there_when_the_hosts_are_armed_and_gone_when_the_run_failed()
    {
        IReadOnlyList<Room> armedWith = [];

        var error = await Should.ThrowAsync<LoadTestException>(() => RunAsync(async (_, token) =>
        {
            armedWith = await Rooms().ListAsync(null, token);
            return OneHost.Said("no room on disk", 1);
        }, Cancellation));

        error.Message.ShouldContain("no room on disk");
        armedWith.ShouldHaveSingleItem();
        (await Rooms().ListAsync(null, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Are_gone_when_the_run_was_cancelled()
    {
        using var signal = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(() => RunAsync(async (_, token) =>
        {
            await signal.CancelAsync();
            token.ThrowIfCancellationRequested();
            return OneHost.Said("");
        }, signal.Token));

        _network.Asked("CreateRoom").ShouldHaveSingleItem();
        (await Rooms().ListAsync(null, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Are_gone_when_the_run_was_cancelled_while_they_were_made()
    {
        using var signal = new CancellationTokenSource();
        _network.After = async (method, token) =>
        {
            if (method == "CreateRoom")
                await signal.CancelAsync();
            token.ThrowIfCancellationRequested();
        };

        await Should.ThrowAsync<OperationCanceledException>(
            () => RunAsync((_, _) => throw new InvalidOperationException("nothing is armed any more"), signal.Token));

        _network.Asked("CreateRoom").ShouldHaveSingleItem();
        (await Rooms().ListAsync(null, Cancellation)).ShouldBeEmpty();
    }

    private RoomService Rooms() => new(_http, _door.Credentials, TimeProvider.System);

    /// <summary>A run on a host that tells version and time, and answers whatever else it is asked as given.</summary>
    private async Task RunAsync(Func<string, CancellationToken, Task<ShellResult>> arm, CancellationToken cancellation)
    {
        await using var host = new OneHost
        {
            Answer = (script, token) =>
                script.Contains("--version", StringComparison.Ordinal) ? Task.FromResult(OneHost.Said("lk version 2.18.1"))
                : script.Split('\n')[0].EndsWith(" 'runs'", StringComparison.Ordinal) ? Task.FromResult(OneHost.Said(""))
                : arm(script, token),
        };
        await new RunPhase(host.Context(_results.FullName, _door.Credentials, _http)).RunAsync(cancellation);
    }

    /// <summary>What LiveKit's room service was asked.</summary>
    private sealed class Overheard() : DelegatingHandler(new SocketsHttpHandler())
    {
        private readonly ConcurrentQueue<(string Method, JsonNode Question)> _asked = new();

        public Func<string, CancellationToken, Task> After { get; set; } = (_, _) => Task.CompletedTask;

        public IReadOnlyList<JsonNode> Asked(string method) =>
            [.. _asked.Where(asked => asked.Method == method).Select(asked => asked.Question)];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var method = request.RequestUri!.Segments[^1];
            _asked.Enqueue((method, JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!));
            var answer = await base.SendAsync(request, cancellationToken);
            await After(method, cancellationToken);
            return answer;
        }
    }
}
