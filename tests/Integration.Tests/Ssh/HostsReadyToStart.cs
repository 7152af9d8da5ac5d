using LoadTesting.LiveKit;
using LoadTesting.Phases;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tests.Ssh;

/// <summary>What a host is asked before a run, by a real shell with a real curl, at a LiveKit whose clock is another one.</summary>
public sealed class HostsReadyToStart : IAsyncDisposable
{
    private readonly SshLab _lab = new();
    private readonly WebApplication _liveKit;
    private TimeSpan _liveKitBehind;

    public HostsReadyToStart()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _liveKit = builder.Build();
        _liveKit.Run(context =>
        {
            context.Response.Headers.Date = (TimeProvider.System.GetUtcNow() - _liveKitBehind).ToString("r");
            return context.Response.WriteAsync("success");
        });
        _liveKit.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await _liveKit.DisposeAsync();
        await _lab.DisposeAsync();
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(50, null)] // LiveKit forgives a minute
    [InlineData(300, "its clock is 5 minutes ahead of LiveKit's: LiveKit would reject every token that lk signs here")]
    [InlineData(-300, null)] // a token of five minutes ago holds
    [InlineData(-25200, "its clock is 7 hours behind LiveKit's: LiveKit would reject every token that lk signs here")]
    public async Task A_clock_by_which_no_token_would_hold_is_named(int secondsAhead, string? trouble)
    {
        _liveKitBehind = TimeSpan.FromSeconds(secondsAhead);
        var credentials = new LiveKitCredentials($"ws{_liveKit.Urls.Single()[4..]}", "key",
            new Secret("a secret of enough letters for anyone"));
        var shell = await _lab.ConnectAsync(await _lab.StartAsync());

        var host = PreparedHost.Parse(
            await shell.RunAsync(PreparedHost.Script(credentials), TimeSpan.FromSeconds(30), SshLab.Cancellation)) with { LkVersion =
            "lk version 2.18.1", FreeKib = 1 << 20, OtherLk = 0 };

        host.Answer.ShouldBe("success 200");
        host.AheadOfLiveKit.ShouldNotBeNull().TotalSeconds.ShouldBeInRange(secondsAhead - 1, secondsAhead + 60);
        if (trouble is null)
            host.Require(credentials.Url, 1).ShouldBe(host);
        else
            Should.Throw<LoadTestException>(() => host.Require(credentials.Url, 1)).Message.ShouldStartWith(trouble);
    }
}
