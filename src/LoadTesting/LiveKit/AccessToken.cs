using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LoadTesting.LiveKit;

/// <summary>Signed tokens as LiveKit takes them: JWT, HS256, the API key as issuer (docs.livekit.io, "Access tokens").</summary>
public static class AccessToken
{
    private static readonly string Header = Encode("""{"alg":"HS256","typ":"JWT"}"""u8);

    /// <summary>A token that lets somebody join a room.</summary>
    /// <param name="credentials">Whose key signs it.</param>
    /// <param name="room">The room.</param>
    /// <param name="validity">How long it holds.</param>
    /// <param name="time">The clock.</param>
    public static string ForJoining(LiveKitCredentials credentials, string room, TimeSpan validity, TimeProvider time) =>
        Sign(credentials, $$"""{"room":"{{room}}","roomJoin":true}""", validity, time);

    /// <summary>Whether a token was signed with the secret; for whoever stands where LiveKit would.</summary>
    public static bool IsSignedBy(string token, Secret secret)
    {
        var end = token.LastIndexOf('.');
        return end > 0 && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(token[(end + 1)..]), Encoding.ASCII.GetBytes(Signature(token[..end], secret)));
    }

    private static string Sign(LiveKitCredentials credentials, string grant, TimeSpan validity, TimeProvider time)
    {
        var now = time.GetUtcNow();

        // A clock that is a little ahead of the server's must not make the token one of the future.
        var payload = string.Create(CultureInfo.InvariantCulture,
            $$"""{"iss":"{{credentials.ApiKey}}","sub":"livekit-loadtest","nbf":{{now.AddMinutes(-1).ToUnixTimeSeconds()}},"exp":{{(now + validity).ToUnixTimeSeconds()}},"video":{{grant}}}""");
        var text = $"{Header}.{Encode(Encoding.UTF8.GetBytes(payload))}";
        return $"{text}.{Signature(text, credentials.ApiSecret)}";
    }

    private static string Signature(string text, Secret secret) =>
        Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret.Reveal()), Encoding.ASCII.GetBytes(text)));

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
