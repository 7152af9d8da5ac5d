using LoadTesting.LiveKit;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Rehearsal.Hosts;

namespace Rehearsal.LiveKit;

/// <summary>
/// The part of a LiveKit server that a host asks before a run: whether it answers and whether it accepts the API key. It answers as
/// livekit-server 1.13 was seen to. No participant can join: the rehearsal's lk replays a recording.
/// </summary>
public sealed class LiveKitStub : IAsyncDisposable
{
    private readonly WebApplication _web;

    private LiveKitStub(WebApplication web, LiveKitCredentials credentials)
    {
        _web = web;
        Credentials = credentials;
    }

    /// <summary>Its URL and a key made for it.</summary>
    public LiveKitCredentials Credentials { get; }

    /// <summary>Opens it on a free port of the loopback address.</summary>
    /// <param name="cancellation">Cancels the start.</param>
    /// <param name="load">What is played on the machines; null: rooms are as one was recorded.</param>
    public static async Task<LiveKitStub> OpenAsync(CancellationToken cancellation, PlayedLoad? load = null)
    {
        var secret = new Secret(Guid.NewGuid().ToString("N"));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var web = builder.Build();
        web.MapGet("/", context => context.Response.WriteAsync("OK", cancellation));
        web.MapGet("/rtc/validate", context => ValidateAsync(context, secret));
        new RoomServiceStub(secret, TimeProvider.System, load).Map(web);
        await web.StartAsync(cancellation);
        return new LiveKitStub(web, new LiveKitCredentials($"ws{web.Urls.First()[4..]}", "rehearsal", secret));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private static async Task ValidateAsync(HttpContext context, Secret secret)
    {
        const string Bearer = "Bearer ";
        var header = context.Request.Headers.Authorization.ToString();
        var token = header.StartsWith(Bearer, Ordinal)
            ? header[Bearer.Length..]
            : context.Request.Query["access_token"].ToString();
        var (status, text) = (token.Length, await AccessToken.HoldsAsync(token, secret)) switch
        {
            (0, _) => (StatusCodes.Status401Unauthorized, "no permissions to access the room"),
            (_, false) => (StatusCodes.Status401Unauthorized,
                $"invalid token: {token}, error: token signature is invalid: signature is invalid"),
            _ => (StatusCodes.Status200OK, "success"),
        };
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(text, context.RequestAborted);
    }
}
