using System.Net.Sockets;
using Renci.SshNet.Common;

namespace LoadTesting.Hosts.Ssh;

/// <summary>What errors of SSH.NET mean for an operator.</summary>
internal static class SshErrors
{
    /// <summary>Whether the error is the connection's and not ours.</summary>
    public static bool IsConnection(Exception error) => error is SshException or SocketException or ObjectDisposedException;

    /// <summary>The same in the operator's words.</summary>
    public static string Describe(Exception error) => error switch
    {
        SshAuthenticationException => "it refused our key",
        SshOperationTimeoutException => "no answer",
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "connection refused",
        SocketException { SocketErrorCode: SocketError.HostUnreachable or SocketError.NetworkUnreachable } => "no route to host",
        SocketException { SocketErrorCode: SocketError.TimedOut } => "no answer",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } =>
            "its name is not known",
        ObjectDisposedException => "the connection is closed",
        _ => error.Message.TrimEnd('.'),
    };

    /// <summary>The error for a host that was lost in the middle.</summary>
    public static HostUnreachableException Lost(Exception error) => new($"lost: {Describe(error)}", error);
}
