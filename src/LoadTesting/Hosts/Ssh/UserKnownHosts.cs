using System.IO.Enumeration;
using System.Security.Cryptography;

namespace LoadTesting.Hosts.Ssh;

/// <summary>
/// The known_hosts files that the operator's own ssh looks into; they are read, never written (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT").
/// </summary>
/// <param name="paths">The files; those that do not exist are ignored.</param>
public sealed class UserKnownHosts(IReadOnlyList<string> paths)
{
    private readonly Lazy<IReadOnlyList<Entry>> _entries = new(() =>
        [.. paths.Where(File.Exists).SelectMany(path => UserFile.Text(path).Split('\n')).Select(Entry.Parse).OfType<Entry>()]);

    /// <summary>The files.</summary>
    public IReadOnlyList<string> Paths => paths;

    /// <summary>The keys that a host may have, as ssh finds them: under name and port, else under the name alone.</summary>
    public IReadOnlyList<HostKey> Of(string host, int port)
    {
        var withPort = Keys(NameOf(host, port), revoked: false);
        return withPort.Count > 0 || port == 22 ? withPort : Keys(host, revoked: false);
    }

    /// <summary>Whether the key is one that no host, or not this one, may have any more (<c>@revoked</c>).</summary>
    public bool IsRevoked(HostKey key, string host, int port) =>
        Keys(NameOf(host, port), revoked: true).Contains(key) || Keys(host, revoked: true).Contains(key);

    /// <summary>The name under which ssh keeps a host.</summary>
    public static string NameOf(string host, int port) => port == 22 ? host : $"[{host}]:{port}";

    private IReadOnlyList<HostKey> Keys(string name, bool revoked) =>
        [.. _entries.Value.Where(entry => entry.Revoked == revoked && entry.IsFor(name)).Select(entry => entry.Key).Distinct()];

    private sealed record Entry(string Hosts, HostKey Key, bool Revoked)
    {
        /// <summary>Keys that sign certificates are left out: certificates of hosts are not asked for.</summary>
        public static Entry? Parse(string line)
        {
            var words = line.Split((char[])[' ', '\t', '\r'], 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words is ["@revoked", var rest])
                return Parse(rest) is { } revoked ? revoked with { Revoked = true } : null;

            return words is [var hosts, var key] && hosts[0] is not ('#' or '@') && HostKey.Parse(key.Replace('\t', ' ')) is { } known
                ? new Entry(hosts, known, Revoked: false)
                : null;
        }

        public bool IsFor(string name)
        {
            if (Hosts.StartsWith("|1|", Ordinal))
                return IsHashOf(name);

            var patterns = Hosts.Split(',', StringSplitOptions.RemoveEmptyEntries);
            return patterns.Any(pattern => Matches(pattern, name))
                && !patterns.Any(pattern => pattern[0] == '!' && Matches(pattern[1..], name));
        }

        /// <summary><c>*</c> and <c>?</c> as ssh has them; brackets and backslashes mean themselves.</summary>
        private static bool Matches(string pattern, string name) =>
            FileSystemName.MatchesSimpleExpression(pattern.Replace(@"\", @"\\", Ordinal), name, ignoreCase: true);

        /// <summary><c>|1|SALT|HASH</c> is HMAC-SHA1 of the name, keyed with the salt (ssh's HashKnownHosts).</summary>
        private bool IsHashOf(string name)
        {
            if (Hosts.Split('|') is not ["", "1", var salt, var hash] || Bytes(salt) is not { } key || Bytes(hash) is not { } expected)
                return false;

#pragma warning disable CA5350 // "Weak cryptographic algorithm": it is the file's, and hides names only; no trust rests on it
            return HMACSHA1.HashData(key, Encoding.UTF8.GetBytes(name.ToLowerInvariant())).AsSpan().SequenceEqual(expected);
#pragma warning restore CA5350
        }

        private static byte[]? Bytes(string base64)
        {
            var bytes = new byte[base64.Length];
            return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
        }
    }
}
