using System.Security.Cryptography;
using LoadTesting.Fleet;
using LoadTesting.Fleet.Host;

namespace LoadTesting.LiveKit;

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
/// <param name="binary">Its bytes.</param>
public sealed class LkUpload(ReadOnlyMemory<byte> binary) : ILkInstaller
{
    private readonly string _sha256 = Convert.ToHexStringLower(SHA256.HashData(binary.Span));

    /// <summary>Reads the binary.</summary>
    /// <exception cref="LoadTestException">There is none at that path.</exception>
    public static LkUpload FromFile(string path) => File.Exists(path)
        ? new LkUpload(File.ReadAllBytes(path))
        : throw LoadTestException.Invalid($"--lk-binary: got '{path}', which does not exist; expected the path of an lk binary for the hosts");

    /// <inheritdoc/>
    public async Task<bool> InstallAsync(IRemoteShell shell, ConfiguredHost host, CancellationToken cancellation)
    {
        if (host.LkSha256 == _sha256)
            return false;

        using var content = new MemoryStream(binary.ToArray(), writable: false);
        await shell.UploadAsync(content, $"{HostAgent.Home}/bin/lk", executable: true, cancellation);
        return true;
    }
}
