using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LoadTesting.Cluster.Kubeconfigs;

/// <summary>The certificates that a kubeconfig holds or names.</summary>
internal static class Certificates
{
    /// <summary>The authorities by which the API server is known; null: those of the system.</summary>
    public static X509Certificate2Collection? Authorities(KubeconfigEntry cluster)
    {
        if (Read(cluster, "certificate-authority") is not { } pem)
            return null;
        if (cluster.Flag("insecure-skip-tls-verify"))
            throw cluster.Fault("insecure-skip-tls-verify", "true, and a certificate-authority is given too; expected one of them");

        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPem(pem.Text);
        }
        catch (CryptographicException error)
        {
            throw cluster.Fault(pem.Field, $"holds a certificate that cannot be read: {error.Message}");
        }

        return authorities.Count > 0
            ? authorities
            : throw cluster.Fault(pem.Field, "holds no certificate; expected one in PEM, BEGIN CERTIFICATE");
    }

    /// <summary>The client's certificate, with those that lead to its authority; null when there is none.</summary>
    public static (X509Certificate2 Certificate, X509Certificate2Collection Chain)? Client(KubeconfigEntry user, DateTimeOffset now)
    {
        var (certificate, key) = (Read(user, "client-certificate"), Read(user, "client-key"));
        if (certificate is null && key is null)
            return null;
        if (certificate is null || key is null)
            throw user.Fault(certificate is null ? "client-certificate-data" : "client-key-data",
                $"not set although {(certificate ?? key)!.Field} is; expected both");

        return Client(user, certificate, key, now);
    }

    /// <summary>The certificate in PEM that an exec plugin printed.</summary>
    public static (X509Certificate2 Certificate, X509Certificate2Collection Chain) Client(KubeconfigEntry exec, string certificate,
        string key, DateTimeOffset now) =>
        Client(exec, new Pem("clientCertificateData", certificate), new Pem("clientKeyData", key), now);

    private static (X509Certificate2 Certificate, X509Certificate2Collection Chain) Client(KubeconfigEntry user, Pem certificate, Pem key,
        DateTimeOffset now)
    {
        if (key.Text.Contains("ENCRYPTED", Ordinal))
            throw user.Fault(key.Field, "the key is encrypted; expected one without a passphrase", "openssl pkey -in FILE takes it off.");

        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(certificate.Text);
            var client = X509Certificate2.CreateFromPem(certificate.Text, key.Text);
            return client.NotAfter.ToUniversalTime() > now.UtcDateTime
                ? (client, chain)
                : throw user.Fault(certificate.Field,
                    $"the certificate expired on {client.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC");
        }
        catch (Exception error)
            when (error is CryptographicException or ArgumentException
            or PlatformNotSupportedException) // the last: a curve that this machine does not know
        {
            throw user.Fault(key.Field,
                $"certificate and key cannot be used together: {error.Message.TrimEnd('.')}; expected a PEM certificate and its own RSA "
                + "or EC key");
        }
    }

    private static Pem? Read(KubeconfigEntry entry, string key)
    {
        if (entry.Text($"{key}-data") is { } data)
            return new Pem($"{key}-data", Decoded(entry, $"{key}-data", data));

        return entry.FilePath(key) is { } path ? new Pem(key, Content(entry, key, path)) : null;
    }

    private static string Decoded(KubeconfigEntry entry, string field, string data)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(data));
        }
        catch (FormatException)
        {
            throw entry.Fault(field, data.Contains("-----BEGIN", Ordinal)
                ? "holds PEM; expected the base64 of it (base64 -w0 FILE)"
                : "is not base64; it may have been cut or changed when it was copied");
        }
    }

    private static string Content(KubeconfigEntry entry, string field, string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw entry.Fault(field, $"'{path}' cannot be read: {error.Message}");
        }
    }

    private sealed record Pem(string Field, string Text);
}
