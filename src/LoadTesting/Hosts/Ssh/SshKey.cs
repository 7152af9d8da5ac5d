using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Utilities;
using Org.BouncyCastle.Security;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace LoadTesting.Hosts.Ssh;

/// <summary>The key that opens the hosts: in a file, or held by an agent.</summary>
public sealed class SshKey
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly Func<IPrivateKeySource> _open;

    private SshKey(string path, Func<IPrivateKeySource> open)
    {
        Path = path;
        _open = open;
    }

    private SshKey(string path, byte[] text, Secret? passphrase = null)
        : this(path, () => new PrivateKeyFile(new MemoryStream(text, writable: false), passphrase?.Reveal()))
    {
    }

    /// <summary>The private key's file, or that of the public key when an agent has the private one; without a tilde.</summary>
    public string Path { get; }

    /// <summary>The public key in one line, as a cloud's key pair and authorized_keys want it.</summary>
    public string PublicLine => $"{PublicKey.Type} {PublicKey.Base64} livekit-loadtest";

    /// <summary>As <c>ssh-keygen -l</c> prints it.</summary>
    public string Fingerprint => PublicKey.Fingerprint;

    private HostKey PublicKey
    {
        get
        {
            var key = Open();
            using var secret = key as IDisposable;
            return HostKey.FromWire(key.HostKeyAlgorithms.First().Data);
        }
    }

    /// <summary>Reads a private key and makes sure that it can be used.</summary>
    /// <param name="path">The file.</param>
    /// <param name="passphrase">What it is encrypted with; null: nothing, or it is to be asked for.</param>
    /// <param name="ask">Asks the operator, given a prompt; null when no operator is present.</param>
    /// <param name="agent">May have an encrypted key open, if the public key is beside it as <c>.pub</c>; null: there is none.</param>
    /// <exception cref="LoadTestException">It is missing, unreadable, readable by others, encrypted with something else, or no
    /// key.</exception>
    public static SshKey Load(string path, Secret? passphrase = null, Func<string, string>? ask = null, SshAgent? agent = null)
    {
        var text = Read(path);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
            throw LoadTestException.Invalid($"--ssh-key: '{path}' can be read or changed by others; expected a file of its owner alone",
                $"chmod 600 {path}");

        try
        {
            return Opened(new SshKey(path, text, passphrase));
        }
        catch (SshPassPhraseNullOrEmptyException) when (HeldBy(agent, path) is { } held)
        {
            return held;
        }
        catch (SshPassPhraseNullOrEmptyException) when (ask is not null)
        {
            return Load(path, new Secret(ask($"Passphrase of {path}:")));
        }
        catch (SshPassPhraseNullOrEmptyException)
        {
            throw LoadTestException.Invalid(
                $"--ssh-key: '{path}' is encrypted; expected its passphrase: --ssh-key-passphrase, or SSH_KEY_PASSPHRASE in the "
                    + "environment, or an agent that has it (with the public key beside it as .pub), or a terminal where it can be asked "
                    + "for");
        }
        catch (Exception error)
            when (passphrase is not null && error is SshException or InvalidOperationException or CryptographicException or CryptoException)
        {
            throw LoadTestException.Invalid($"--ssh-key-passphrase: it does not open '{path}': {error.Message}");
        }
        catch (Exception error) when (error is SshException or FormatException or NotSupportedException or InvalidOperationException)
        {
            throw LoadTestException.Invalid($"--ssh-key: '{path}' is no private key (ed25519, ecdsa or rsa): {error.Message}");
        }
    }

    /// <summary>
    /// Makes an ed25519 key pair: the private key at the path, for its owner alone, the public one beside it as <c>.pub</c>.
    /// </summary>
    public static SshKey Create(string path)
    {
        var secret = new Ed25519PrivateKeyParameters(new SecureRandom());
        var text = Encoding.ASCII.GetBytes(Pem(OpenSshPrivateKeyUtilities.EncodePrivateKey(secret)));
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(path, options))
            file.Write(text);

        var key = new SshKey(path, text);
        File.WriteAllText($"{path}.pub", key.PublicLine + "\n");
        return key;
    }

    /// <summary>All keys of an agent; the first is the one that a cloud is given.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="path">Where that public key is written, so that ssh can be told which of the agent's keys it is.</param>
    /// <returns>Null when the agent has no key.</returns>
    public static SshKey? Of(SshAgent agent, string path)
    {
        var keys = agent.Identities();
        if (keys.Count == 0)
            return null;

        var key = new SshKey(path, () => agent.Source(keys));
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        File.WriteAllText(path, key.PublicLine + "\n");
        return key;
    }

    /// <summary>The key for one connection, which disposes of it.</summary>
    internal IPrivateKeySource Open() => _open();

    private static SshKey? HeldBy(SshAgent? agent, string path) =>
        agent is not null && File.Exists($"{path}.pub") && HostKey.Parse(File.ReadAllText($"{path}.pub")) is { } key
            && agent.Identities().Contains(key)
            ? new SshKey(path, () => agent.Source([key]))
            : null;

    private static SshKey Opened(SshKey key)
    {
        using var opened = key.Open() as IDisposable;
        return key;
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw LoadTestException.Invalid($"--ssh-key: '{path}' cannot be read: {error.Message}");
        }
    }

    private static string Pem(byte[] key)
    {
        var lines = Convert.ToBase64String(key).Chunk(70).Select(line => new string(line));
        return $"-----BEGIN OPENSSH PRIVATE KEY-----\n{string.Join('\n', lines)}\n-----END OPENSSH PRIVATE KEY-----\n";
    }
}
