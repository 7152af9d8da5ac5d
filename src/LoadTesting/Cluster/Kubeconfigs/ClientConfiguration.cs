using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using k8s;

namespace LoadTesting.Cluster.Kubeconfigs;

/// <summary>
/// Turns a context into what KubernetesClient is configured with, having found every fault that can be found without asking the server.
/// </summary>
internal static class ClientConfiguration
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(30);

    public static KubernetesClientConfiguration Of(KubeconfigContext context, DateTimeOffset now)
    {
        var (cluster, user) = (context.Cluster, context.User);
        var configuration = new KubernetesClientConfiguration { Host = Server(cluster), TlsServerName = cluster.Text("tls-server-name"),
            HttpClientTimeout = HeadersTimeout };
        var fromPlugin = UserLogin.Apply(user, configuration);
        var client = fromPlugin is var (certificate, key)
            ? Certificates.Client(user, certificate, key, now)
            : Certificates.Client(user, now);
        if (client is null && configuration is { AccessToken: null, TokenProvider: null }
            && configuration.Host.StartsWith("https", Ordinal))
            throw user.Fault("token", "not set, nor a client certificate or an exec plugin; expected one of them");

        var authorities = Certificates.Authorities(cluster);
        var proxy = Proxy(cluster);
        configuration.FirstMessageHandlerSetup = handler =>
        {
            handler.ConnectTimeout = ConnectTimeout;
            handler.AllowAutoRedirect = false; // a pod behind the proxy may send us anywhere
            handler.AutomaticDecompression = DecompressionMethods.GZip; // the API server packs lists above 128 KiB to a sixteenth
            handler.Proxy = proxy ?? handler.Proxy;
            Secure(handler.SslOptions, cluster, authorities);
            if (client is var (own, chain))
                handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(own, chain, offline: true);
        };
        return configuration;
    }

    private static string Server(KubeconfigEntry cluster)
    {
        var server = cluster.Text("server")
            ?? throw cluster.Fault("server", "not set; expected the URL of the API server, https://10.0.0.1:6443");
        return Uri.TryCreate(server, UriKind.Absolute, out var url) && url.Scheme is "https" or "http"
            ? server.TrimEnd('/')
            : throw cluster.Fault("server", $"got '{server}'; expected a URL with its scheme, https://10.0.0.1:6443");
    }

    private static WebProxy? Proxy(KubeconfigEntry cluster) => cluster.Text("proxy-url") is not { } url
        ? null
        : Uri.TryCreate(url, UriKind.Absolute, out var proxy) ? new WebProxy(proxy)
            : throw cluster.Fault("proxy-url", $"got '{url}'; expected a URL, http://proxy:3128");

    /// <summary>The server must be known by the kubeconfig's authorities alone, and by the name it was asked for.</summary>
    private static void Secure(SslClientAuthenticationOptions ssl, KubeconfigEntry cluster, X509Certificate2Collection? authorities)
    {
        ssl.RemoteCertificateValidationCallback = null;
        if (cluster.Flag("insecure-skip-tls-verify"))
        {
#pragma warning disable CA5359 // The kubeconfig demands it, and kubectl obeys it.
            ssl.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (authorities is not null)
        {
            ssl.CertificateChainPolicy =
                new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            ssl.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }
    }
}
