using YamlDotNet.Core;

namespace LoadTesting.Cluster;

/// <summary>As much of LiveKit's <c>config.yaml</c> as a load test needs to know (livekit/livekit, config-sample.yaml).</summary>
public sealed record LiveKitConfiguration
{
    /// <summary>API secrets by API key.</summary>
    public IReadOnlyDictionary<string, Secret> Keys { get; init; } = new Dictionary<string, Secret>();

    /// <summary>The file that holds the keys instead; null when none is named.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The port of its Prometheus metrics; null: they are off.</summary>
    public int? PrometheusPort { get; init; }

    /// <summary>Whether the metrics want a user name and a password.</summary>
    public bool PrometheusHasLogin { get; init; }

    /// <summary>Whether its metrics can be read through the API server, whose proxy passes no login on.</summary>
    public bool IsScraped => PrometheusPort is not null && !PrometheusHasLogin;

    /// <summary>Reads the text of a <c>config.yaml</c>.</summary>
    /// <exception cref="LoadTestException">It is not YAML. The message holds nothing of the text: keys may stand in it.</exception>
    internal static LiveKitConfiguration Parse(string text, string origin)
    {
        var root = Mapping(text, origin);
        var prometheus = root.GetValueOrDefault("prometheus") as Dictionary<object, object?> ?? [];
        return new LiveKitConfiguration
        {
            Keys = KeysIn(root.GetValueOrDefault("keys")),
            KeyFile = Text(root, "key_file"),
            PrometheusPort = Port(Text(prometheus, "port")) ?? Port(Text(root, "prometheus_port")),
            PrometheusHasLogin = Text(prometheus, "username") is not null,
        };
    }

    /// <summary>Reads the text of a key file: a mapping of API keys to API secrets.</summary>
    internal static IReadOnlyDictionary<string, Secret> ParseKeys(string text, string origin) => KeysIn(Mapping(text, origin));

    private static Dictionary<object, object?> Mapping(string text, string origin)
    {
        try
        {
            return YamlText.Read<object?>(text) as Dictionary<object, object?> ?? [];
        }
        catch (YamlException error)
        {
            throw LoadTestException.Invalid($"{origin}, line {error.Start.Line}: not YAML");
        }
    }

    private static Dictionary<string, Secret> KeysIn(object? mapping) => (mapping as Dictionary<object, object?> ?? [])
        .Where(entry => entry is { Key: string, Value: string })
        .ToDictionary(entry => (string)entry.Key, entry => new Secret((string)entry.Value!));

    private static string? Text(Dictionary<object, object?> mapping, string key) =>
        mapping.GetValueOrDefault(key) is string { Length: > 0 } text ? text : null;

    private static int? Port(string? text) => Digits.Number<int>(text) is > 0 and var port ? port : null;
}
