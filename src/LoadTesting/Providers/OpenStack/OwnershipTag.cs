using LoadTesting.Providers.OpenStack.Compute;

namespace LoadTesting.Providers.OpenStack;

/// <summary>
/// Whose a resource is, and until when. It is part of the request that creates the resource, never a request after it: a program that is
/// killed in between would leave a resource that no Destroy finds. Servers carry it in metadata and tags, floating IPs and security groups
/// in their description (Neutron takes tags only afterwards), key pairs in their name.
/// </summary>
/// <param name="Fleet">The fleet.</param>
/// <param name="Controller">Who made it.</param>
/// <param name="ExpiresAt">When it expires.</param>
internal sealed record OwnershipTag(string Fleet, string? Controller, DateTimeOffset? ExpiresAt)
{
    /// <summary>The tag of every server of this tool.</summary>
    public const string Tool = "livekit-loadtest";

    private const string Prefix = Tool + " fleet=";
    private const string KeyPrefix = "loadtest-key-";

    /// <summary>The tag of this fleet's servers; at most 60 characters, no comma or slash (Nova's rule).</summary>
    public string Tag => TagOf(Fleet);

    /// <summary>The description of floating IPs and security groups, at most 255 characters.</summary>
    public string Description
    {
        get
        {
            var text = $"{Prefix}{Fleet} expires={ExpiresAt?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")} "
                + $"controller={Controller}";
            return text[..Math.Min(text.Length, 255)];
        }
    }

    /// <summary>A server's metadata.</summary>
    public IReadOnlyDictionary<string, string> Metadata(DateTimeOffset createdAt) => new Dictionary<string, string>
    {
        ["loadtest_fleet"] = Fleet,
        ["loadtest_controller"] = Controller ?? "",
        ["loadtest_created_at"] = createdAt.ToString("O"),
        ["loadtest_expires_at"] = ExpiresAt?.ToString("O") ?? "",
    };

    /// <summary>The name of a fleet's own key pair and server group, which have no room for more of an ownership tag.</summary>
    public static string KeyPairNameOf(string fleet) => KeyPrefix + fleet;

    /// <summary>The tag of a fleet's servers.</summary>
    public static string TagOf(string fleet) => $"loadtest-fleet={fleet}";

    /// <summary>The ownership tag of a server; null when it has none.</summary>
    public static OwnershipTag? Of(Server server) => server.Metadata.TryGetValue("loadtest_fleet", out var fleet)
        ? new OwnershipTag(fleet, server.Metadata.GetValueOrDefault("loadtest_controller"),
            Instant(server.Metadata.GetValueOrDefault("loadtest_expires_at")))
        : null;

    /// <summary>The ownership tag in a description; null when there is none.</summary>
    public static OwnershipTag? Of(string? description)
    {
        if (description?.StartsWith(Prefix, Ordinal) != true)
            return null;

        var words = description[Prefix.Length..].Split(' ', 3);
        return new OwnershipTag(words[0], Word(words, "controller="), Instant(Word(words, "expires=")));
    }

    /// <summary>The fleet whose key pair has that name; null when it is no fleet's.</summary>
    public static string? FleetOfKeyPair(string name) =>
        name.StartsWith(KeyPrefix, Ordinal) ? name[KeyPrefix.Length..] : null;

    private static string? Word(string[] words, string name) =>
        words.FirstOrDefault(word => word.StartsWith(name, Ordinal))?[name.Length..];

    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;
}
