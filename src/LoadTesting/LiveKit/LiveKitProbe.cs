using System.Net.Http.Headers;

namespace LoadTesting.LiveKit;

/// <summary>Requests from here what each participant requests first: what is no LiveKit is known before it costs anything.</summary>
/// <param name="http">Sends the request.</param>
/// <param name="time">The clock.</param>
public sealed class LiveKitProbe(HttpClient http, TimeProvider time)
{
    private const int MaxBody = 64 * 1024;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(5);

    /// <summary>The answer; null when none came: then only the hosts may reach LiveKit.</summary>
    /// <param name="liveKit">Whose.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<LiveKitAnswer?> AskAsync(LiveKitCredentials liveKit, CancellationToken cancellation)
    {
        if (!Uri.TryCreate($"{liveKit.HttpUrl}/rtc/validate", UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw LoadTestException.Invalid($"--livekit-url: got '{liveKit.Url}', expected a URL such as wss://livekit.example.com");

        using var timeout = new TimeLimit(Timeout, time, cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Authorization =
            new AuthenticationHeaderValue("Bearer", AccessToken.ForJoining(liveKit, "loadtest-check", Validity, time));
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            return Read(response, await BodyAsync(response, timeout.Token), url);
        }
        catch (Exception error) when (error is HttpRequestException or IOException
            || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>Throws what is wrong with an answer. That none comes from here means nothing; the hosts ask again.</summary>
    /// <exception cref="LoadTestException">Something else than LiveKit answers, or LiveKit refuses the key.</exception>
    public async Task RequireAsync(LiveKitCredentials liveKit, CancellationToken cancellation)
    {
        if ((await AskAsync(liveKit, cancellation))?.Fault(liveKit.Url) is { } fault)
            throw LoadTestException.Invalid($"LiveKit: {fault}");
    }

    /// <summary>A redirect that was followed is still one for lk, which follows none.</summary>
    private static LiveKitAnswer Read(HttpResponseMessage response, string body, Uri asked)
    {
        var reached = response.RequestMessage?.RequestUri ?? asked;
        var isFollowed = reached != asked;
        return new LiveKitAnswer((int)(isFollowed ? HttpStatusCode.PermanentRedirect : response.StatusCode), body)
        {
            Location = (isFollowed ? reached : response.Headers.Location)?.ToString(),
            Server = response.Headers.Server.Count > 0 ? $"{response.Headers.Server}" : null,
        };
    }

    private static async Task<string> BodyAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[MaxBody];
        return Encoding.UTF8.GetString(buffer, 0, await body.ReadAtLeastAsync(buffer, MaxBody, throwOnEndOfStream: false, cancellation));
    }
}
