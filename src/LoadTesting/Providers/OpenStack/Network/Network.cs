namespace LoadTesting.Providers.OpenStack.Network;

/// <summary>A network; external ones give floating IPs.</summary>
internal sealed record CloudNetwork(string Id, string Name)
{
    [JsonPropertyName("router:external")]
    public bool External { get; init; }
}
