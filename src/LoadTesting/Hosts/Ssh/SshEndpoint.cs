namespace LoadTesting.Hosts.Ssh;

/// <summary>Where an sshd listens and who logs in there.</summary>
/// <param name="User">The user.</param>
/// <param name="Host">Name or address.</param>
/// <param name="Port">The port.</param>
public sealed record SshEndpoint(string User, string Host, int Port)
{
    /// <summary>Reads <c>[USER@]HOST[:PORT]</c>; an IPv6 address with a port is in brackets.</summary>
    /// <param name="text">The text.</param>
    /// <param name="user">Who logs in when the text names no user.</param>
    /// <exception cref="LoadTestException">It is no such text.</exception>
    public static SshEndpoint Parse(string text, string user)
    {
        var (name, rest) = text.IndexOf('@', Ordinal) is var at and >= 0 ? (text[..at], text[(at + 1)..]) : (user, text);
        var (host, port) = rest.LastIndexOf(':') is var colon and >= 0
            && (rest.IndexOf(':', Ordinal) == colon || rest[colon - 1] == ']')
            ? (rest[..colon], rest[(colon + 1)..])
            : (rest, "22");
        host = host.Trim('[', ']');
        return name.Length > 0 && host.Length > 0 && Digits.Number<ushort>(port) is > 0 and var number
            ? new SshEndpoint(name, host, number)
            : throw LoadTestException.Invalid($"--ssh-jump-host: got '{text}'; expected user@host or user@host:port");
    }

    /// <summary><c>host:port</c>.</summary>
    public override string ToString() => Host.Contains(':', Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
