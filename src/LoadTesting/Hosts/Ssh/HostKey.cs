using System.Buffers.Binary;
using System.Security.Cryptography;

namespace LoadTesting.Hosts.Ssh;

/// <summary>A public key by which an sshd proves that it is the one meant.</summary>
/// <param name="Type">Its type, <c>ssh-ed25519</c> (RFC 4253, section 6.6).</param>
/// <param name="Base64">The key itself as known_hosts files and consoles show it.</param>
public sealed record HostKey(string Type, string Base64)
{
    private const string ConsoleBegin = "-----BEGIN SSH HOST KEY KEYS-----";
    private const string ConsoleEnd = "-----END SSH HOST KEY KEYS-----";

    /// <summary>As <c>ssh-keygen -l</c> prints it.</summary>
    public string Fingerprint => $"SHA256:{Convert.ToBase64String(SHA256.HashData(Convert.FromBase64String(Base64))).TrimEnd('=')}";

    /// <summary>Reads a key as it is sent: it begins with the length of its type, then the type.</summary>
    public static HostKey FromWire(ReadOnlySpan<byte> key) =>
        new(Encoding.ASCII.GetString(key.Slice(sizeof(int), BinaryPrimitives.ReadInt32BigEndian(key))), Convert.ToBase64String(key));

    /// <summary>Reads <c>TYPE BASE64 [COMMENT]</c>; null when the text has another form or the key is not of the stated type.</summary>
    public static HostKey? Parse(string line)
    {
        if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is not [var type, var base64, ..])
            return null;

        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length)
            && length > sizeof(int) + type.Length
            && BinaryPrimitives.ReadInt32BigEndian(bytes) == type.Length
            && bytes.AsSpan(sizeof(int), type.Length).SequenceEqual(Encoding.ASCII.GetBytes(type))
                ? new HostKey(type, base64)
                : null;
    }

    /// <summary>
    /// The keys that cloud-init printed on the console (its module <c>cc_keys_to_console</c>); none while it has not come so far. Of
    /// several blocks the last counts: a machine that was booted again may have made new ones.
    /// </summary>
    public static IReadOnlyList<HostKey> OnConsole(string console)
    {
        var end = console.LastIndexOf(ConsoleEnd, Ordinal);
        var begin = end < 0 ? -1 : console.LastIndexOf(ConsoleBegin, end, Ordinal);
        if (begin < 0)
            return [];

        // Some images log the block through syslog or the kernel, which put a prefix before each line.
        return [.. console[(begin + ConsoleBegin.Length)..end].Split('\n').Select(line => Parse(WithoutPrefix(line))).OfType<HostKey>()];
    }

    private static string WithoutPrefix(string line)
    {
        var key = line.IndexOf(" AAAA", Ordinal);
        return key < 0 ? line : line[(line.LastIndexOf(' ', key - 1) + 1)..];
    }
}
