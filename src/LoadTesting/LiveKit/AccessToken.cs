using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LoadTesting.LiveKit;

/// <summary>Signed tokens as LiveKit takes them: JWT, HS256, the API key as issuer (docs.livekit.io, "Access tokens").</summary>
public static class AccessToken
{
    /// <summary>A token with which a participant joins a room.</summary>
    /// <param name="credentials">Whose key signs it.</param>
    /// <param name="room">The room.</param>
    /// <param name="validity">How long it holds.</param>
    /// <param name="time">The clock.</param>
    public static string ForJoining(LiveKitCredentials credentials, string room, TimeSpan validity, TimeProvider time) =>
        Sign(credentials, new VideoGrant { Room = room, RoomJoin = true }, validity, time);

    /// <summary>A token for the room service: rooms may be listed, made and deleted, and the room's participants listed.</summary>
    /// <param name="credentials">Whose key signs it.</param>
    /// <param name="room">The room whose participants are meant; null when none are.</param>
    /// <param name="validity">How long it holds.</param>
    /// <param name="time">The clock.</param>
    public static string ForRooms(LiveKitCredentials credentials, string? room, TimeSpan validity, TimeProvider time) =>
        Sign(credentials, new VideoGrant { RoomCreate = true, RoomList = true, RoomAdmin = room is null ? null : true, Room = room },
            validity, time);

    /// <summary>Whether a token was signed with the secret and holds now; for programs that replace LiveKit.</summary>
    public static async Task<bool> HoldsAsync(string token, Secret secret)
    {
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = Key(secret),
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
#pragma warning disable CA5404 // LiveKit's tokens have no audience, and their issuer is the key that signed them.
            ValidateAudience = false,
            ValidateIssuer = false,
#pragma warning restore CA5404
        });
        return result.IsValid;
    }

    private static string Sign(LiveKitCredentials credentials, VideoGrant grant, TimeSpan validity, TimeProvider time)
    {
        var now = time.GetUtcNow();

        // A clock that is a little ahead of the server's must not make the token one of the future.
        var claims = new TokenClaims(credentials.ApiKey, "livekit-loadtest", now.AddMinutes(-1).ToUnixTimeSeconds(),
            (now + validity).ToUnixTimeSeconds(), grant);
        return new JsonWebTokenHandler()
            .CreateToken(JsonSerializer.Serialize(claims, TokenJson.Default.TokenClaims),
            new SigningCredentials(Key(credentials.ApiSecret), SecurityAlgorithms.HmacSha256));
    }

    /// <summary>
    /// The library refuses keys under 256 bits; LiveKit takes them with a warning. HMAC pads a key with zeros, so the signature is the
    /// same.
    /// </summary>
    private static SymmetricSecurityKey Key(Secret secret)
    {
        const int Least = 32;
        var bytes = Encoding.UTF8.GetBytes(secret.Reveal());
        if (bytes.Length < Least)
            Array.Resize(ref bytes, Least);
        return new SymmetricSecurityKey(bytes);
    }
}

/// <summary>The claims of a token.</summary>
internal sealed record TokenClaims(string Iss, string Sub, long Nbf, long Exp, VideoGrant Video);

/// <summary>What a token lets its bearer do (livekit/protocol, auth/grants.go).</summary>
internal sealed record VideoGrant
{
    public string? Room { get; init; }

    public bool? RoomJoin { get; init; }

    public bool? RoomCreate { get; init; }

    public bool? RoomList { get; init; }

    public bool? RoomAdmin { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TokenClaims))]
internal sealed partial class TokenJson : JsonSerializerContext;
