using k8s;
using k8s.Models;

namespace LoadTesting.Cluster;

/// <summary>
/// Finds LiveKit, its keys and its URL in a cluster, as its Helm chart lays them out: from the Deployment on, never by guessing names.
/// </summary>
/// <param name="client">The API server.</param>
/// <param name="space">The namespace.</param>
/// <param name="origin">The API server in words, for errors.</param>
internal sealed class LiveKitFinder(IKubernetes client, string space, string origin)
{
    private const string Labels = "app.kubernetes.io/name=livekit-server";
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    public async Task<LiveKitInstall> FindAsync(CancellationToken cancellation)
    {
        var deployment = await DeploymentAsync(cancellation);
        var pod = deployment.Spec.Template;
        var container = pod.Spec.Containers.FirstOrDefault(
            candidate => candidate.Env?.Any(variable => variable.Name == "LIVEKIT_CONFIG") == true) ?? pod.Spec.Containers[0];
        var (configuration, keysMissing) = await ConfigurationAsync(pod.Spec, container, cancellation);
        var (url, urlMissing) = await UrlAsync(pod.Metadata.Labels ?? new Dictionary<string, string>(), cancellation);
        return new LiveKitInstall
        {
            Namespace = space,
            Deployment = deployment.Metadata.Name,
            Selector = string.Join(',', deployment.Spec.Selector.MatchLabels.Select(label => $"{label.Key}={label.Value}")),
            Replicas = deployment.Spec.Replicas ?? 1,
            Image = container.Image,
            Configuration = configuration,
            KeysMissing = keysMissing,
            Url = url,
            UrlMissing = urlMissing,
        };
    }

    private async Task<V1Deployment> DeploymentAsync(CancellationToken cancellation)
    {
        var found = await AskAsync("deployments",
            token => client.AppsV1.ListNamespacedDeploymentAsync(space, labelSelector: Labels, cancellationToken: token), cancellation);
        if (found.Items.Count == 1)
            return found.Items[0];
        if (found.Items.Count > 1)
            throw LoadTestException.Invalid(
                $"--livekit-namespace: {space} has several LiveKit Deployments, "
                + $"{found.Items.Select(item => item.Metadata.Name).Listed()}; expected one", "Give --livekit-url, "
                + "--livekit-api-key and --livekit-api-secret.");

        var elsewhere = await TryAsync(
            token => client.AppsV1.ListDeploymentForAllNamespacesAsync(labelSelector: Labels, cancellationToken: token), cancellation);
        var places = elsewhere?.Items.Select(item => item.Metadata.NamespaceProperty).Distinct().ToList() ?? [];
        throw LoadTestException.Invalid(
            $"--livekit-namespace: got '{space}', which "
                + $"{(await IsMissingAsync(cancellation) ? "this cluster does not have" : $"has no Deployment with the label {Labels}")} "
                + $"({origin})",
            places.Count > 0
                ? $"There is one in {places.Listed()}."
                : "Is the namespace right, and the context of the kubeconfig?");
    }

    /// <summary>
    /// Lists in a namespace that does not exist are empty; only the namespace itself tells, and only those who may read it.
    /// </summary>
    private async Task<bool> IsMissingAsync(CancellationToken cancellation)
    {
        try
        {
            await client.CoreV1.ReadNamespaceAsync(space, cancellationToken: cancellation);
            return false;
        }
        catch (Exception error) when (ClusterFault.Is(error) && !cancellation.IsCancellationRequested)
        {
            return ClusterFault.Of(error).IsMissing;
        }
    }

    private async Task<(LiveKitConfiguration Configuration, string? KeysMissing)> ConfigurationAsync(V1PodSpec pod, V1Container container,
        CancellationToken cancellation)
    {
        var literal = container.Env?.FirstOrDefault(variable => variable.Name == "LIVEKIT_CONFIG")?.Value;
        var kept = MountedFile.OfVariable(container, "LIVEKIT_CONFIG")
            ?? (Argument(container, "--config") is { } path ? MountedFile.OfPath(pod, container, path) : null);
        if (literal is null && kept is null)
            return (new LiveKitConfiguration(), "its container has neither LIVEKIT_CONFIG nor a --config that is mounted");

        try
        {
            var place = kept?.ToString() ?? "LIVEKIT_CONFIG";
            var configuration = LiveKitConfiguration.Parse(literal ?? await TextAsync(kept!, cancellation), place);
            return configuration.Keys.Count > 0
                ? (configuration, null)
                : await KeysAsync(configuration, place, pod, container, cancellation);
        }
        catch (ClusterRefusal refusal)
        {
            return (new LiveKitConfiguration(), refusal.Message);
        }
    }

    private async Task<(LiveKitConfiguration Configuration, string? KeysMissing)> KeysAsync(
        LiveKitConfiguration configuration, string place, V1PodSpec pod, V1Container container, CancellationToken cancellation)
    {
        if ((configuration.KeyFile ?? Argument(container, "--key-file")) is not { } path)
            return (configuration, $"{place} has neither keys nor a key_file");
        if (MountedFile.OfPath(pod, container, path) is not { } kept)
            return (configuration, $"{place} has the key_file '{path}', which no volume of the Deployment is mounted at");

        try
        {
            var keys = LiveKitConfiguration.ParseKeys(await TextAsync(kept, cancellation), kept.ToString());
            return (configuration with { Keys = keys }, keys.Count > 0 ? null : $"{kept} has no keys");
        }
        catch (ClusterRefusal refusal)
        {
            return (configuration, refusal.Message);
        }
    }

    private async Task<string> TextAsync(MountedFile kept, CancellationToken cancellation)
    {
        var text = kept.IsSecret
            ? Utf8((await AskAsync($"Secret {kept.Name}",
                token => client.CoreV1.ReadNamespacedSecretAsync(kept.Name, space, cancellationToken: token), cancellation)).Data, kept.Key)
            : (await AskAsync($"ConfigMap {kept.Name}",
                token => client.CoreV1.ReadNamespacedConfigMapAsync(kept.Name, space, cancellationToken: token), cancellation)).Data
                ?.ValueOrNull(kept.Key);
        return text ?? throw new ClusterRefusal($"{kept} does not exist");
    }

    private static string? Utf8(IDictionary<string, byte[]>? data, string key) =>
        data?.ValueOrNull(key) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    private async Task<(string? Url, string? Missing)> UrlAsync(IDictionary<string, string> labels, CancellationToken cancellation)
    {
        try
        {
            var services = await AskAsync("services", token => client.CoreV1.ListNamespacedServiceAsync(space, cancellationToken: token),
                cancellation);
            var leading = LiveKitUrl.ServicesOf(services.Items, labels);
            var ingresses = await AskAsync("ingresses",
                token => client.NetworkingV1.ListNamespacedIngressAsync(space, cancellationToken: token), cancellation);
            return LiveKitUrl.Of(leading, ingresses.Items);
        }
        catch (ClusterRefusal refusal)
        {
            return (null, refusal.Message);
        }
    }

    private static string? Argument(V1Container container, string name)
    {
        var words = (container.Command ?? []).Concat(container.Args ?? []).ToList();
        var index = words.FindIndex(word => word == name || word.StartsWith($"{name}=", Ordinal));
        return index < 0 ? null : words[index].Contains('=', Ordinal) ? words[index][(name.Length + 1)..]
            : words.ElementAtOrDefault(index + 1);
    }

    /// <summary>An answer, a <see cref="ClusterRefusal"/> where rights or things are missing, or an error that ends the search.</summary>
    private async Task<T> AskAsync<T>(string what, Func<CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(RequestTimeout);
        try
        {
            return await ask(timeout.Token);
        }
        catch (Exception error) when (ClusterFault.Is(error) && !cancellation.IsCancellationRequested)
        {
            var fault = ClusterFault.Of(error);
            var message = $"{what} of namespace {space} could not be read: {fault.Why}";
            throw fault.IsForbidden || fault.IsMissing
                ? new ClusterRefusal(message, fault.Status)
                : LoadTestException.Invalid($"{origin}: {message}");
        }
    }

    private async Task<T?> TryAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await AskAsync("deployments", ask, cancellation);
        }
        catch (LoadTestException)
        {
            return null; // only the candidates are missing then
        }
    }
}

/// <summary>The kubeconfig's user may not read something, or it does not exist; the rest may be readable.</summary>
internal sealed class ClusterRefusal(string message, HttpStatusCode? status = null)
    : LoadTestException(message, "docs/guides/kubernetes-access.md has the least Role.", ExitCodes.InvalidParameters)
{
    public HttpStatusCode? Status { get; } = status;
}

internal static class Lookups
{
    public static T? ValueOrNull<T>(this IDictionary<string, T> values, string key)
        where T : class => values.TryGetValue(key, out var value) ? value : null;
}
