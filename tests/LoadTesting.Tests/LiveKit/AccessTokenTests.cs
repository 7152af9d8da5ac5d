using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LoadTesting.Cluster;
using LoadTesting.LiveKit;
using Microsoft.Extensions.Time.Testing;

namespace LoadTesting.Tests.LiveKit;

public sealed class AccessTokenTests
{
    private static readonly LiveKitCredentials Credentials =
        new("wss://livekit.example.com/", "key1", new Secret("a secret of some length"));

    [Fact]
    public async Task Names_the_key_and_the_room_and_is_signed_with_the_secret()
    {
        var token = AccessToken.ForJoining(Credentials, "a \"room\"", TimeSpan.FromMinutes(1), TimeProvider.System);

        var claims = Claims(token);
        claims.GetProperty("iss").GetString().ShouldBe("key1");
        claims.GetProperty("video").GetProperty("room").GetString().ShouldBe("a \"room\"");
        (await AccessToken.HoldsAsync(token, Credentials.ApiSecret)).ShouldBeTrue();
        (await AccessToken.HoldsAsync(token, new Secret("another"))).ShouldBeFalse();
        (await AccessToken.HoldsAsync("", Credentials.ApiSecret)).ShouldBeFalse();
    }

    [Fact]
    public async Task Does_not_hold_when_its_time_is_over()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddHours(-2));
        var token = AccessToken.ForJoining(Credentials, "room", TimeSpan.FromMinutes(1), time);

        (await AccessToken.HoldsAsync(token, Credentials.ApiSecret)).ShouldBeFalse();
    }

    [Fact]
    public async Task Is_signed_as_LiveKit_expects_it_with_a_secret_that_is_shorter_than_the_library_allows()
    {
        var brief = Credentials with { ApiSecret = new Secret("secret") };
        var token = AccessToken.ForRooms(brief, room: null, TimeSpan.FromMinutes(1), TimeProvider.System);

        var end = token.LastIndexOf('.');
        token[(end + 1)..].ShouldBe(Base64Url.EncodeToString(HMACSHA256.HashData("secret"u8, Encoding.ASCII.GetBytes(token[..end]))));
        (await AccessToken.HoldsAsync(token, brief.ApiSecret)).ShouldBeTrue();
        Claims(token).GetProperty("video").GetRawText().ShouldBe("""{"roomCreate":true,"roomList":true}""");
    }

    [Fact]
    public void A_secret_does_not_show_in_text() => $"{Credentials}".ShouldNotContain("a secret");

    [Fact]
    public void What_is_missing_is_named_with_exit_code_104()
    {
        var error = Should.Throw<LoadTestException>(() => CredentialLookup.Of(new LiveKitParameters { Url = "wss://x" }, cluster: null));

        error.ExitCode.ShouldBe(104);
        error.Message.ShouldContain("--livekit-api-key and --livekit-api-secret");
    }

    private static JsonElement Claims(string token) => JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[1])).RootElement;
}
