namespace LoadTesting.Providers.OpenStack.Compute;

/// <summary>A server, as GET /servers/detail and /servers/{id} answer at 2.60.</summary>
internal sealed record Server(string Id, string Name, string Status)
{
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    public ServerFlavor? Flavor { get; init; }

    /// <summary>An object with the id; an empty string for a server that boots from a volume.</summary>
    public JsonElement? Image { get; init; }

    /// <summary>Only in the answer for one server, and only in error.</summary>
    public ServerFault? Fault { get; init; }

    public DateTimeOffset Created { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyList<ServerAddress>> Addresses { get; init; } =
        new Dictionary<string, IReadOnlyList<ServerAddress>>();

    [JsonPropertyName("OS-EXT-STS:task_state")]
    public string? TaskState { get; init; }

    public bool IsGoing => TaskState == "deleting" || Status is "DELETED" or "SOFT_DELETED";

    public string? ImageId =>
        Image is { ValueKind: JsonValueKind.Object } image && image.TryGetProperty("id", out var id) ? id.GetString() : null;

    public string? FixedAddress =>
        Addresses.Values.SelectMany(list => list).FirstOrDefault(address => address is { Version: 4, Type: not "floating" })?.Addr;
}

internal sealed record ServerFlavor(string? OriginalName);

internal sealed record ServerFault(string Message);

internal sealed record ServerAddress(int Version, string Addr)
{
    [JsonPropertyName("OS-EXT-IPS:type")]
    public string? Type { get; init; }
}

internal sealed record ServerId(string Id);
