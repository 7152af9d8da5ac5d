using k8s.Models;

namespace LoadTesting.Cluster;

/// <summary>Where clients reach a LiveKit, from its cluster: the host of an Ingress, else the address of a load balancer. Pure.</summary>
internal static class LiveKitUrl
{
    private const int Tls = 443;

    /// <summary>The services that lead to pods with these labels.</summary>
    public static IReadOnlyList<V1Service> ServicesOf(IEnumerable<V1Service> services, IDictionary<string, string> labels) =>
    [
        .. services.Where(service => service.Spec?.Selector is { Count: > 0 } selector
            && selector.All(label => labels.TryGetValue(label.Key, out var value) && value == label.Value)),
    ];

    /// <summary>The URL, or what is missing for one.</summary>
    public static (string? Url, string? Missing) Of(IReadOnlyList<V1Service> services, IEnumerable<V1Ingress> ingresses)
    {
        var names = services.Select(service => service.Metadata.Name).ToHashSet();
        var leading = ingresses.Where(ingress => ServicesOf(ingress).Any(names.Contains)).ToList();
        if ((leading.Select(OfIngress).FirstOrDefault(url => url is not null)
            ?? services.Select(OfLoadBalancer).FirstOrDefault(url => url is not null)) is { } found)
            return (found, null);

        string[] seen =
        [
            .. leading.Select(ingress => $"Ingress {ingress.Metadata.Name} has neither a host nor an address yet"),
            .. services.Select(service =>
                $"Service {service.Metadata.Name} is a "
                + $"{service.Spec.Type}{(service.Spec.Type == "LoadBalancer" ? " without an address yet" : "")}"),
        ];
        return (null, seen.Length == 0
            ? "no Service leads to its pods"
            : $"no Ingress host and no load balancer address lead to it: {string.Join("; ", seen)}");
    }

    private static IEnumerable<string> ServicesOf(V1Ingress ingress) => (ingress.Spec?.Rules ?? [])
        .SelectMany(rule => rule.Http?.Paths ?? [])
        .Select(path => path.Backend?.Service?.Name)
        .Append(ingress.Spec?.DefaultBackend?.Service?.Name)
        .OfType<string>();

    private static string? OfIngress(V1Ingress ingress)
    {
        var secured = (ingress.Spec.Tls ?? []).SelectMany(tls => tls.Hosts ?? []).ToList();
        var address = ingress.Status?.LoadBalancer?.Ingress?.Select(entry => entry.Hostname ?? entry.Ip)
            .FirstOrDefault(entry => entry is not null);
        var host = ingress.Spec.Rules?.Select(rule => rule.Host).FirstOrDefault(name => name is { Length: > 0 } && !name.StartsWith('*'))
            ?? secured.Find(name => !name.StartsWith('*')) ?? address;
        return host is null ? null : $"{(ingress.Spec.Tls is { Count: > 0 } ? "wss" : "ws")}://{Bracketed(host)}";
    }

    private static string? OfLoadBalancer(V1Service service)
    {
        var address = service.Status?.LoadBalancer?.Ingress?.Select(entry => entry.Hostname ?? entry.Ip)
            .FirstOrDefault(entry => entry is not null);
        var port = (service.Spec.Ports?.FirstOrDefault(candidate => candidate.Name == "http")
            ?? service.Spec.Ports?.FirstOrDefault())?.Port;
        return address is null || port is null
            ? null
            : $"{(port == Tls ? "wss" : "ws")}://{Bracketed(address)}{(port is Tls or 80 ? "" : $":{port}")}";
    }

    private static string Bracketed(string host) => host.Contains(':', Ordinal) ? $"[{host}]" : host;
}
