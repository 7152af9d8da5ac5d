namespace LoadTesting.LiveKit;

/// <summary>What it takes to join rooms of a LiveKit server.</summary>
/// <param name="Url">Its URL, <c>wss://livekit.example.com</c>.</param>
/// <param name="ApiKey">The API key.</param>
/// <param name="ApiSecret">The API secret.</param>
public sealed record LiveKitCredentials(string Url, string ApiKey, Secret ApiSecret)
{
    /// <summary>The same server for HTTP calls: <c>https</c> for <c>wss</c>.</summary>
    public string HttpUrl => (Url.StartsWith("ws", Ordinal) ? $"http{Url[2..]}" : Url).TrimEnd('/');
}
