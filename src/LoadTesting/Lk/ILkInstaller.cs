using System.Security.Cryptography;
using LoadTesting.Hosts.Agent;
using LoadTesting.Hosts.Settings;

namespace LoadTesting.Lk;

/// <summary>Puts <c>lk</c> on a host.</summary>
public interface ILkInstaller
{
    /// <summary>Installs lk unless the host has this very one.</summary>
    /// <param name="shell">Reaches the host.</param>
    /// <param name="host">What Configure found there.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Whether anything was changed.</returns>
    Task<bool> InstallAsync(IRemoteShell shell, ConfiguredHost host, CancellationToken cancellation);
}

/// <summary>Uploads a binary that the controller has.</summary>
/// <param name="read">Reads it, when the first host wants to know.</param>
public sealed class LkUpload(Func<byte[]> read) : ILkInstaller
{
    private readonly Lazy<(byte[] Bytes, string Sha256)> _binary = new(() => Hashed(read()));

    /// <inheritdoc/>
    public async Task<bool> InstallAsync(IRemoteShell shell, ConfiguredHost host, CancellationToken cancellation)
    {
        if (host.LkSha256 == _binary.Value.Sha256)
            return false;

        using var content = new MemoryStream(_binary.Value.Bytes, writable: false);
        await shell.UploadAsync(content, $"{HostAgent.Home}/bin/lk", executable: true, cancellation);
        return true;
    }

    private static (byte[] Bytes, string Sha256) Hashed(byte[] bytes) => (bytes, Convert.ToHexStringLower(SHA256.HashData(bytes)));
}
