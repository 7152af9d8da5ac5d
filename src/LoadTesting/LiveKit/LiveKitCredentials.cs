namespace LoadTesting.LiveKit;

/// <summary>What it takes to join rooms of a LiveKit server.</summary>
/// <param name="Url">Its URL, <c>wss://livekit.example.com</c>.</param>
/// <param name="ApiKey">The API key.</param>
/// <param name="ApiSecret">The API secret.</param>
public sealed record LiveKitCredentials(string Url, string ApiKey, Secret ApiSecret)
{
    /// <summary>The same server for HTTP calls: <c>https</c> for <c>wss</c>.</summary>
    public string HttpUrl => (Url.StartsWith("ws", StringComparison.Ordinal) ? $"http{Url[2..]}" : Url).TrimEnd('/');

    /// <summary>The credentials that the parameters name.</summary>
    /// <exception cref="LoadTestException">One of them is missing, or the URL is none.</exception>
    public static LiveKitCredentials Of(LiveKitParameters parameters)
    {
        string?[] missing =
        [
            parameters.Url is null ? "--livekit-url" : null,
            parameters.ApiKey is null ? "--livekit-api-key" : null,
            parameters.ApiSecret is null ? "--livekit-api-secret" : null,
        ];
        if (Array.Exists(missing, name => name is not null))
        {
            throw LoadTestException.Invalid(
                $"LiveKit: {string.Join(" and ", missing.OfType<string>())} not given; expected URL, API key and API secret of the LiveKit under test.",
                "The secret is best given in the environment: LIVEKIT_API_SECRET=... ./build.sh Report");
        }

        return new LiveKitCredentials(parameters.Url!, parameters.ApiKey!, parameters.ApiSecret!);
    }
}
