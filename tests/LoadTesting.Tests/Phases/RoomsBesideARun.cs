using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using LoadTesting.Hosts;
using LoadTesting.LiveKit;
using LoadTesting.Phases;
using LoadTesting.Results;
using Microsoft.Extensions.Time.Testing;
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

    [Theory]
    [InlineData("a fault of ours")]
    [InlineData("no space left on device")]
    [InlineData("the operation has timed out")]
    public async Task Stay_while_the_load_goes_on_and_go_when_it_has_ended(string fault)
    {
        await Should.ThrowAsync<Exception>(() => StartedAsync((_, _) => throw Thrown(fault), Cancellation));

        (await Rooms().ListAsync(null, Cancellation)).ShouldHaveSingleItem();

        await Should.ThrowAsync<LoadTestException>(() => CollectedAsync("done"));

        (await Rooms().ListAsync(null, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Stay_also_when_another_command_cannot_watch_to_the_end()
    {
        await Should.ThrowAsync<IOException>(() => StartedAsync((_, _) => throw new IOException(), Cancellation));

        await Should.ThrowAsync<InvalidOperationException>(() => CollectedAsync("running"));

        (await Rooms().ListAsync(null, Cancellation)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Are_gone_when_lk_has_ended_on_the_host()
    {
        await StartedAsync((_, _) => Task.FromResult(OneHost.Said("state done 1\n")), Cancellation);

        (await Rooms().ListAsync(null, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Are_gone_when_the_load_was_stopped()
    {
        using var signal = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(() => StartedAsync(async (script, token) =>
        {
            await signal.CancelAsync();
            token.ThrowIfCancellationRequested();
            return OneHost.Said("state done 1\n");
        }, signal.Token));

        (await Rooms().ListAsync(null, Cancellation)).ShouldBeEmpty();
    }

    private static Exception Thrown(string message) => message switch
    {
        "no space left on device" => new IOException(message),
        "the operation has timed out" => new TimeoutException(message),
        _ => new InvalidOperationException(message),
    };

    /// <summary>A run that has started on its host, which answers each look at it as given.</summary>
    private async Task StartedAsync(Func<string, CancellationToken, Task<ShellResult>> look, CancellationToken cancellation)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await RunAsync((script, token) =>
        {
            switch (Word(script))
            {
                case "start":
                    time.Advance(TimeSpan.FromSeconds(10)); // past the instant of the start
                    return Task.FromResult(OneHost.Said("armed"));
                case "watch":
                    return look(script, token);
                default:
                    return Task.FromResult(OneHost.Said("ready"));
            }
        }, cancellation, time);
    }

    /// <summary>What a later command does with the run, which is in a state on its host and cannot be watched or downloaded.</summary>
    private async Task CollectedAsync(string state)
    {
        var runId = new ResultsDirectory(_results.FullName).Manifest()!.RunId;
        await using var host = new OneHost
        {
            Answer = (script, _) => Word(script) switch
            {
                "runs" => Task.FromResult(OneHost.Said($"run {runId} {state}\n")),
                "watch" => throw new InvalidOperationException(),
                _ => throw new LoadTestException("no space left on device"),
            },
        };
        await new CollectPhase(host.Context(_results.FullName, _door.Credentials, _http)).RunAsync(CancellationToken.None, Cancellation);
        throw new LoadTestException("it could not be downloaded");
    }

    /// <summary>What loadtest-host is asked to do.</summary>
    private static string? Word(string script) =>
        new[] { "runs", "start", "watch" }
            .FirstOrDefault(word => script.Split('\n')[0].Contains($" '{word}'", StringComparison.Ordinal));

    private RoomService Rooms() => new(_http, _door.Credentials, TimeProvider.System);

    /// <summary>A run on a host that tells version and time, and answers whatever else it is asked as given.</summary>
    private async Task RunAsync(Func<string, CancellationToken, Task<ShellResult>> arm, CancellationToken cancellation,
        TimeProvider? time = null)
    {
        await using var host = new OneHost
        {
            Answer = (script, token) =>
                script.Contains("--version", StringComparison.Ordinal) ? Task.FromResult(OneHost.Said("lk version 2.18.1"))
                : script.Split('\n')[0].EndsWith(" 'runs'", StringComparison.Ordinal) ? Task.FromResult(OneHost.Said(""))
                : arm(script, token),
        };
        var context = host.Context(_results.FullName, _door.Credentials, _http);
        await new RunPhase(context with { Time = time ?? context.Time }).RunAsync(cancellation);
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
