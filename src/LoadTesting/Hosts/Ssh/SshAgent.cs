using System.Buffers.Binary;
using System.Net.Sockets;
using Renci.SshNet;
using Renci.SshNet.Common;
using Renci.SshNet.Security;

namespace LoadTesting.Hosts.Ssh;

/// <summary>A running ssh-agent, which signs with keys that it does not give away. Protocol: draft-ietf-sshm-ssh-agent.</summary>
/// <param name="socket">Where it listens.</param>
public sealed class SshAgent(string socket)
{
    private const byte RequestIdentities = 11;
    private const byte IdentitiesAnswer = 12;
    private const byte SignRequest = 13;
    private const byte SignResponse = 14;
    private const int MaxAnswerBytes = 256 * 1024;

    /// <summary>Longer than it takes a person to confirm a signature.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The agent of the environment; null when it names none.</summary>
    /// <param name="socket">SSH_AUTH_SOCK.</param>
    public static SshAgent? At(string? socket) => string.IsNullOrEmpty(socket) ? null : new SshAgent(socket);

    /// <summary>The public keys that it signs for, certificates left out; none when it is gone or locked.</summary>
    public IReadOnlyList<HostKey> Identities()
    {
        try
        {
            ReadOnlySpan<byte> rest = Ask([RequestIdentities], IdentitiesAnswer);
            var keys = new List<HostKey>();
            var count = BinaryPrimitives.ReadUInt32BigEndian(rest);
            rest = rest[sizeof(uint)..];
            for (var key = 0; key < count; key++)
            {
                keys.Add(HostKey.FromWire(Next(ref rest)));
                Next(ref rest); // its comment
            }

            return [.. keys.Where(key => !key.Type.Contains("-cert-", Ordinal))];
        }
        catch (Exception error) when (error is SocketException or IOException or SshException or ArgumentException)
        {
            return [];
        }
    }

    /// <summary>The keys as SSH.NET uses them: one after the other, until the host takes one.</summary>
    internal IPrivateKeySource Source(IReadOnlyList<HostKey> keys) => new Keys([.. keys.SelectMany(Algorithms)]);

    private IEnumerable<HostAlgorithm> Algorithms(HostKey key) => key.Type == "ssh-rsa"
        ? [new Algorithm(this, "rsa-sha2-512", 4, key), new Algorithm(this, "rsa-sha2-256", 2, key)]
        : [new Algorithm(this, key.Type, 0, key)];

    private byte[] Sign(byte[] key, byte[] data, uint flags)
    {
        var request = new byte[1 + (3 * sizeof(uint)) + key.Length + data.Length];
        request[0] = SignRequest;
        var rest = request.AsSpan(1);
        Put(ref rest, key);
        Put(ref rest, data);
        BinaryPrimitives.WriteUInt32BigEndian(rest, flags);
        try
        {
            ReadOnlySpan<byte> answer = Ask(request, SignResponse);
            return Next(ref answer).ToArray();
        }
        catch (Exception error) when (error is SocketException or IOException or ArgumentException)
        {
            throw new SshAuthenticationException($"the agent at {socket} does not sign: {error.Message}", error);
        }
    }

    private byte[] Ask(byte[] request, byte expected)
    {
        using var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        connection.Connect(new UnixDomainSocketEndPoint(socket));
        using var stream = new NetworkStream(connection) { ReadTimeout = (int)AnswerTimeout.TotalMilliseconds,
            WriteTimeout = (int)AnswerTimeout.TotalMilliseconds };
        Span<byte> length = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteInt32BigEndian(length, request.Length);
        stream.Write(length);
        stream.Write(request);
        stream.ReadExactly(length);
        var size = BinaryPrimitives.ReadUInt32BigEndian(length);
        if (size is 0 or > MaxAnswerBytes)
            throw new IOException($"an answer of {size} bytes");

        var answer = new byte[size];
        stream.ReadExactly(answer);
        return answer[0] == expected
            ? answer[1..]
            : throw new SshAuthenticationException($"the agent at {socket} refused: got message type {answer[0]}, expected {expected}");
    }

    private static void Put(ref Span<byte> rest, byte[] text)
    {
        BinaryPrimitives.WriteInt32BigEndian(rest, text.Length);
        text.CopyTo(rest[sizeof(uint)..]);
        rest = rest[(sizeof(uint) + text.Length)..];
    }

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> rest)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(rest);
        var text = rest.Slice(sizeof(uint), length);
        rest = rest[(sizeof(uint) + length)..];
        return text;
    }

    private sealed class Keys(IReadOnlyCollection<HostAlgorithm> algorithms) : IPrivateKeySource
    {
        public IReadOnlyCollection<HostAlgorithm> HostKeyAlgorithms => algorithms;
    }

    private sealed class Algorithm(SshAgent agent, string name, uint flags, HostKey key) : HostAlgorithm(name)
    {
        public override byte[] Data { get; } = Convert.FromBase64String(key.Base64);

        public override byte[] Sign(byte[] data) => agent.Sign(Data, data, flags);

        public override bool VerifySignature(byte[] data, byte[] signature) => throw new NotSupportedException("Users sign; hosts verify.");
    }
}
