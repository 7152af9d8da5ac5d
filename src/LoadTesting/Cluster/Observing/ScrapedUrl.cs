using System.Net.Http.Headers;
using Reporting.Raw.Observations;
using Reporting.Raw.Prometheus;

namespace LoadTesting.Cluster.Observing;

/// <summary>A metrics port of LiveKit that is reached without the API server.</summary>
internal sealed class ScrapedUrl(Uri url, HttpClient http, ObservationScope scope)
{
    private readonly string _shown = Shown(url);

    /// <summary>The URL without user and password.</summary>
    public static string Shown(Uri url) => url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>A request with the login that the URL has.</summary>
    public static HttpRequestMessage Request(Uri url)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Shown(url));
        if (url.UserInfo.Length > 0)
            request.Headers.Authorization =
                new AuthenticationHeaderValue("Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(url.UserInfo))));
        return request;
    }

    public Task PollAsync(CancellationToken cancellation) =>
        new Source(SourceLost.MetricsOf + _shown, needs: null, scope).PollAsync(ScrapeAsync, cancellation);

    private async Task ScrapeAsync(CancellationToken cancellation)
    {
        using var request = Request(url);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        scope.Log.Write(new LiveKitSeen(scope.Now, _shown, await ScrapeBody.MetricsAsync(body, cancellation)));
    }
}

/// <summary>The figures of a scrape, within bounds: a body that never ends has none.</summary>
internal static class ScrapeBody
{
    private const int Most = 16 * 1024 * 1024;

    public static async Task<LiveKitMetrics> MetricsAsync(Stream body, CancellationToken cancellation) =>
        LiveKitMetrics.Of(ScrapeParser.Parse(await TextAsync(body, cancellation)));

    /// <summary>Whether there is a metric of LiveKit's.</summary>
    public static async Task<bool> IsOfLiveKitAsync(Stream body, CancellationToken cancellation) =>
        (await TextAsync(body, cancellation)).Split('\n').Any(line => line.StartsWith("livekit_", Ordinal));

    private static async Task<string> TextAsync(Stream body, CancellationToken cancellation)
    {
        using var text = new MemoryStream();
        var buffer = new byte[32 * 1024];
        while (await body.ReadAsync(buffer, cancellation) is > 0 and var count)
        {
            await text.WriteAsync(buffer.AsMemory(0, count), cancellation);
            if (text.Length > Most)
                throw new IOException($"more than {Most / 1024 / 1024} MiB of metrics");
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}
