namespace LoadTesting.Providers.OpenStack.Compute;

/// <summary>What POST /servers wants at 2.60.</summary>
internal sealed record ServerOptions
{
    public required string Name { get; init; }

    [JsonPropertyName("flavorRef")]
    public required string FlavorRef { get; init; }

    [JsonPropertyName("imageRef")]
    public required string ImageRef { get; init; }

    public required string KeyName { get; init; }

    public required IReadOnlyList<ServerNetwork> Networks { get; init; }

    /// <summary>By id: names are not unique.</summary>
    public required IReadOnlyList<ServerSecurityGroup> SecurityGroups { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>
    /// What cloud-init gets at the first boot, in base64; 65,535 characters at most. An image without cloud-init ignores it.
    /// </summary>
    public required string UserData { get; init; }

    public string? AvailabilityZone { get; init; }

    /// <summary>How many are made at least, or none; named NAME-1, NAME-2, ... when the most is more than 1.</summary>
    public int MinCount { get; init; } = 1;

    public int MaxCount { get; init; } = 1;
}

internal sealed record ServerNetwork(string Uuid);

internal sealed record ServerSecurityGroup(string Name);
