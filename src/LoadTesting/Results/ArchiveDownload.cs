using System.Security.Cryptography;
using LoadTesting.Hosts.Agent;

namespace LoadTesting.Results;

/// <summary>
/// Downloads a host's archive. What is here already is not downloaded again, and a download that was cut continues where it stopped.
/// </summary>
/// <param name="folder">Where archives go.</param>
public sealed class ArchiveDownload(string folder)
{
    /// <summary>Downloads it, whole.</summary>
    /// <param name="name">Its name here.</param>
    /// <param name="packed">Where it is on the host, its SHA-256 and its size.</param>
    /// <param name="shell">The host.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="HostUnreachableException">The connection was cut, and what has come is kept; or what has come is not what the host
    /// has, and is discarded. A retry is possible.</exception>
    public async Task<string> FetchAsync(string name, PackedRun packed, IRemoteShell shell, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var target = Path.Combine(folder, name);
        if (File.Exists(target) && await Sha256Async(target, cancellation) == packed.Sha256)
            return target;

        // The name contains the digest of the archive: a part of another run's archive is not continued.
        var part = $"{target}.{packed.Sha256[..16]}.part";
        await using (var file = new FileStream(part, FileMode.Append, FileAccess.Write))
        {
            if (file.Position < packed.Bytes)
                await shell.DownloadAsync(packed.Path, file.Position, file, cancellation);
        }

        var here = await Sha256Async(part, cancellation);
        if (here != packed.Sha256)
        {
            File.Delete(part);
            throw new HostUnreachableException($"its archive was damaged in the download: got SHA-256 {here}, expected {packed.Sha256}");
        }

        File.Move(part, target, overwrite: true);
        return target;
    }

    private static async Task<string> Sha256Async(string path, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
    }
}
