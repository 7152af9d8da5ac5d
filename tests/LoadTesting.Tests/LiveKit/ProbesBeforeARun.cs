using LoadTesting.Cluster.Observing;
using LoadTesting.LiveKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Rehearsal.LiveKit;

namespace LoadTesting.Tests.LiveKit;

/// <summary>LiveKit and its metrics are requested once before anything is created, over HTTP as it is.</summary>
public sealed class ProbesBeforeARun : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private readonly RecordingLog _log = new();
    private WebApplication _other = null!;
    private LiveKitStub _liveKit = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Other => _other.Urls.First();

    public async ValueTask InitializeAsync()
    {
        _liveKit = await LiveKitStub.OpenAsync(Cancellation);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        _other = builder.Build();
        _other.MapGet("/moved/rtc/validate", context =>
        {
            context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
            context.Response.Headers.Location = $"{_liveKit.Credentials.HttpUrl}/rtc/validate";
            return Task.CompletedTask;
        });
        _other.MapGet("/page/rtc/validate", context => context.Response.WriteAsync("<html><title>Welcome</title></html>"));
        _other.MapGet("/page", context => context.Response.WriteAsync("<html><title>Welcome</title></html>"));
        _other.MapGet("/metrics", context =>
        {
            var login = $"{context.Request.Headers.Authorization}";
            context.Response.StatusCode = login == $"Basic {Convert.ToBase64String("me:p@ss"u8)}" ? 200 : 401;
            return context.Response.WriteAsync(context.Response.StatusCode == 200 ? "# HELP\nlivekit_room_total{node_id=\"a\"} 0\n" : "");
        });
        await _other.StartAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _other.DisposeAsync();
        await _liveKit.DisposeAsync();
    }

    [Fact]
    public async Task LiveKit_is_known_when_it_answers()
    {
        var probe = new LiveKitProbe(_http, TimeProvider.System);

        (await probe.AskAsync(_liveKit.Credentials, Cancellation)).ShouldBe(new LiveKitAnswer(200, "success") { Server = "Kestrel" });
        await probe.RequireAsync(_liveKit.Credentials, Cancellation);
    }

    [Theory]
    [InlineData("moved", "redirects (308) to http://127.0.0.1:")]
    [InlineData("page", "a web page ('Welcome')")]
    [InlineData("nowhere", "has no LiveKit at this path (404, Kestrel)")]
    public async Task What_is_no_LiveKit_ends_it_with_104(string path, string expected)
    {
        var error = await Should.ThrowAsync<LoadTestException>(() => new LiveKitProbe(_http, TimeProvider.System)
            .RequireAsync(_liveKit.Credentials with { Url = $"ws{Other[4..]}/{path}" }, Cancellation));

        error.ExitCode.ShouldBe(104);
        error.Message.ShouldContain(expected);
    }

    [Fact]
    public async Task A_wrong_secret_ends_it_and_no_answer_does_not()
    {
        var probe = new LiveKitProbe(_http, TimeProvider.System);

        (await Should.ThrowAsync<LoadTestException>(() =>
            probe.RequireAsync(_liveKit.Credentials with { ApiSecret = new Secret("wrong") }, Cancellation)))
            .Message.ShouldContain("does not accept the API key or secret");
        (await probe.AskAsync(_liveKit.Credentials with { Url = "ws://127.0.0.1:1" }, Cancellation)).ShouldBeNull();
        (await Should.ThrowAsync<LoadTestException>(() =>
            probe.AskAsync(_liveKit.Credentials with { Url = "livekit" }, Cancellation))).ExitCode.ShouldBe(104);
    }

    [Theory]
    [InlineData("me:p%40ss@", "/metrics", null)]
    [InlineData("", "/metrics", "wants a user name and a password (401), expected http://USER:PASSWORD@127.0.0.1:")]
    [InlineData("me:wrong@", "/metrics", "does not accept the user name and password (401)")]
    [InlineData("", "/page", "has no metric whose name begins with livekit_")]
    [InlineData("", "/nowhere", "answers 404, expected LiveKit's metrics")]
    public async Task Metrics_are_tried_with_their_login(string login, string path, string? expected)
    {
        var url = new Uri($"http://{login}{Other[7..]}{path}");
        var asking = new MetricsProbe(_http, TimeProvider.System).RequireAsync([url], _log, Cancellation);

        if (expected is null)
        {
            await asking;
        }
        else
        {
            var error = await Should.ThrowAsync<LoadTestException>(asking);
            error.ExitCode.ShouldBe(104);
            error.Message.ShouldContain(expected);
            error.Message.ShouldNotContain("wrong@");
        }

        _log.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Metrics_that_do_not_answer_are_a_warning()
    {
        await new MetricsProbe(_http, TimeProvider.System).RequireAsync([new Uri("http://127.0.0.1:1/metrics")], _log, Cancellation);

        _log.Warnings.ShouldHaveSingleItem().ShouldContain("http://127.0.0.1:1/metrics do not answer: connection refused");
    }
}
