using System.Net.Http.Headers;
using Reporting.Raw.Observations;
using Reporting.Raw.Prometheus;

namespace LoadTesting.Cluster.Observing;

/// <summary>A metrics port of LiveKit that is reached without the API server.</summary>
internal sealed class ScrapedUrl(Uri url, HttpClient http, ObservationScope scope)
{
    private readonly string _shown = url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    public Task PollAsync(CancellationToken cancellation) => new Source($"metrics of {_shown}", needs: null, scope).PollAsync(async token =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _shown);
        if (url.UserInfo.Length > 0)
            request.Headers.Authorization =
                new AuthenticationHeaderValue("Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(url.UserInfo))));
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(token);
        scope.Log.Write(new LiveKitSeen(scope.Now, _shown, await ScrapeBody.MetricsAsync(body, token)));
    }, cancellation);
}

/// <summary>The figures of a scrape, within bounds: a body that never ends has none.</summary>
internal static class ScrapeBody
{
    private const int Most = 16 * 1024 * 1024;

    public static async Task<LiveKitMetrics> MetricsAsync(Stream body, CancellationToken cancellation)
    {
        using var text = new MemoryStream();
        var buffer = new byte[32 * 1024];
        while (await body.ReadAsync(buffer, cancellation) is > 0 and var count)
        {
            await text.WriteAsync(buffer.AsMemory(0, count), cancellation);
            if (text.Length > Most)
                throw new IOException($"more than {Most / 1024 / 1024} MiB of metrics");
        }

        return LiveKitMetrics.Of(ScrapeParser.Parse(Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length)));
    }
}
