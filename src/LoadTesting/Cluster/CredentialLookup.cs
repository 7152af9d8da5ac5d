using LoadTesting.LiveKit;

namespace LoadTesting.Cluster;

/// <summary>How to join rooms of the LiveKit under test: from the parameters, completed with what its cluster contains.</summary>
public static class CredentialLookup
{
    /// <summary>The credentials; the cluster is asked only for what the parameters leave open.</summary>
    public static async Task<LiveKitCredentials> FindAsync(LiveKitParameters parameters, Func<ClusterUnderTest?> cluster,
        CancellationToken cancellation)
    {
        var asked = Complete(parameters) ? null : cluster();
        return Of(parameters, asked is null ? null : await asked.LiveKitAsync(cancellation));
    }

    /// <summary>The credentials that the parameters name, and from the cluster what they do not.</summary>
    /// <param name="parameters">What was given.</param>
    /// <param name="cluster">LiveKit as its cluster has it; null when there is no cluster to ask.</param>
    /// <exception cref="LoadTestException">One of them is missing in both, or there are several keys and none was named.</exception>
    public static LiveKitCredentials Of(LiveKitParameters parameters, LiveKitInstall? cluster)
    {
        var (key, secret) = cluster is null || IsPair(parameters) ? (parameters.ApiKey, parameters.ApiSecret) : KeyIn(cluster, parameters);
        var url = parameters.Url ?? cluster?.Url;
        string?[] missing =
        [
            url is null ? $"--livekit-url{Why(cluster?.UrlMissing)}" : null,
            key is null ? $"--livekit-api-key{Why(cluster?.KeysMissing)}" : null,
            secret is null ? $"--livekit-api-secret{(key is null ? "" : Why(cluster?.KeysMissing))}" : null,
        ];
        if (Array.Exists(missing, name => name is not null))
        {
            throw LoadTestException.Invalid(
                $"LiveKit: {string.Join(" and ", missing.OfType<string>())} not given; expected URL, API key and API secret of the "
                    + "LiveKit under test.",
                cluster is null
                    ? "Or --kubeconfig of the cluster it runs in. A secret is best given in the environment: LIVEKIT_API_SECRET=... "
                        + "./build.sh Report"
                    : "A secret is best given in the environment: LIVEKIT_API_SECRET=... ./build.sh Report");
        }

        return new LiveKitCredentials(url!, key!, secret!);
    }

    /// <summary>Whether the parameters name everything, so that the cluster need not be asked.</summary>
    private static bool Complete(LiveKitParameters parameters) => parameters.Url is not null && IsPair(parameters);

    private static bool IsPair(LiveKitParameters parameters) => parameters is { ApiKey: not null, ApiSecret: not null };

    private static (string? Key, Secret? Secret) KeyIn(LiveKitInstall cluster, LiveKitParameters parameters)
    {
        var keys = cluster.Configuration.Keys;
        var name = parameters.ApiKey ?? parameters.KeyName;
        if (name is null && keys.Count > 1)
            throw LoadTestException.Invalid(
                $"--livekit-key-name: not given, and LiveKit in {cluster.Namespace} has several keys; expected one of "
                + $"{keys.Keys.Order(StringComparer.Ordinal).Listed()}");
        if (name is null)
            return keys.Count == 0 ? (null, parameters.ApiSecret) : (keys.First().Key, keys.First().Value);
        if (!keys.TryGetValue(name, out var secret) && parameters.ApiSecret is null && keys.Count > 0)
            throw LoadTestException.Invalid(
                $"{(parameters.ApiKey is null ? "--livekit-key-name" : "--livekit-api-key")}: got '{name}', which LiveKit in "
                + $"{cluster.Namespace} does not have; expected one of {keys.Keys.Order(StringComparer.Ordinal).Listed()}");

        return (name, parameters.ApiSecret ?? secret);
    }

    private static string Why(string? missing) => missing is null ? "" : $" (not found in the cluster: {missing})";
}
