namespace LoadTesting.Cluster.Observing;

/// <summary>Reads LiveKit's metrics once before a run, by the URLs and logins by which they are read during it.</summary>
/// <param name="http">Sends the requests.</param>
/// <param name="time">The clock.</param>
public sealed class MetricsProbe(HttpClient http, TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Throws what is wrong with any of them; one that does not answer now may answer later.</summary>
    /// <param name="urls"><c>--livekit-metrics-url</c>.</param>
    /// <param name="log">Where one that does not answer is reported.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="LoadTestException">One of them wants another login, or has no metrics.</exception>
    public async Task RequireAsync(IReadOnlyList<Uri> urls, IProgressLog log, CancellationToken cancellation)
    {
        var faults = await Task.WhenAll(urls.Select(url => FaultAsync(url, log, cancellation)));
        if (faults.OfType<string>().ToList() is { Count: > 0 } all)
            throw LoadTestException.Invalid(string.Join(Environment.NewLine, all.Select(fault => $"--livekit-metrics-url: {fault}")));
    }

    private async Task<string?> FaultAsync(Uri url, IProgressLog log, CancellationToken cancellation)
    {
        var shown = ScrapedUrl.Shown(url);
        using var timeout = new TimeLimit(Timeout, time, cancellation);
        try
        {
            using var request = ScrapedUrl.Request(url);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            if (response.StatusCode == HttpStatusCode.Unauthorized)
                return url.UserInfo.Length > 0
                    ? $"{shown} does not accept the user name and password (401)"
                    : $"{shown} wants a user name and a password (401), expected http://USER:PASSWORD@{url.Authority}{url.AbsolutePath}";
            if (!response.IsSuccessStatusCode)
                return $"{shown} answers {(int)response.StatusCode}, expected LiveKit's metrics";

            await using var body = await response.Content.ReadAsStreamAsync(timeout.Token);
            return await ScrapeBody.IsOfLiveKitAsync(body, timeout.Token)
                ? null
                : $"{shown} answers, and has no metric whose name begins with livekit_; expected LiveKit's prometheus.port";
        }
        catch (Exception error) when (ClusterFault.Is(error) && !cancellation.IsCancellationRequested)
        {
            log.Warn($"LiveKit's metrics at {shown} do not answer: {ClusterFault.Of(error).Why}.");
            return null;
        }
    }
}
