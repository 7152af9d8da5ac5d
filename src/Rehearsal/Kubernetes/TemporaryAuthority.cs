using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Rehearsal.Kubernetes;

/// <summary>A certificate authority that lives as long as a rehearsal.</summary>
public sealed class TemporaryAuthority : IDisposable
{
    private static readonly TimeSpan Validity = TimeSpan.FromDays(1);
    private readonly X509Certificate2 _authority;
    private readonly DateTimeOffset _now;

    /// <summary>Makes one.</summary>
    /// <param name="now">From when on it and what it issues are valid, with an hour to spare.</param>
    public TemporaryAuthority(DateTimeOffset now)
    {
        _now = now;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=rehearsal-ca", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        _authority = request.CreateSelfSigned(_now.AddHours(-1), _now + Validity);
    }

    /// <summary>Its own certificate, in PEM.</summary>
    public string Pem => _authority.ExportCertificatePem();

    /// <summary>A certificate for a server at the loopback address.</summary>
    public X509Certificate2 IssueServer()
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("kubernetes");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issued = Issue("CN=kube-apiserver", key, _now + Validity, names.Build());

        // A certificate whose key was never in a file cannot serve TLS on every platform.
        return X509CertificateLoader.LoadPkcs12(issued.CopyWithPrivateKey(key).Export(X509ContentType.Pfx), null);
    }

    /// <summary>A client certificate and its key, in PEM.</summary>
    /// <param name="name">The client's name.</param>
    /// <param name="validUntil">Until when; null: as long as the authority.</param>
    public (string Certificate, string Key) IssueClient(string name, DateTimeOffset? validUntil = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issued = Issue($"CN={name}", key, validUntil ?? _now + Validity);
        return (issued.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Whether it issued a certificate.</summary>
    public bool Issued(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }

    /// <inheritdoc/>
    public void Dispose() => _authority.Dispose();

    private X509Certificate2 Issue(string subject, ECDsa key, DateTimeOffset until, params ReadOnlySpan<X509Extension> extensions)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        foreach (var extension in extensions)
            request.CertificateExtensions.Add(extension);
        return request.Create(_authority, _now.AddHours(-1), until, RandomNumberGenerator.GetBytes(8));
    }
}
