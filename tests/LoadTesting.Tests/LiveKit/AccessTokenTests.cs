using System.Buffers.Text;
using System.Text.Json;
using LoadTesting.LiveKit;

namespace LoadTesting.Tests.LiveKit;

public sealed class AccessTokenTests
{
    private static readonly LiveKitCredentials Credentials = new("wss://livekit.example.com/", "key1", new Secret("a secret of some length"));

    [Fact]
    public void Names_the_key_and_the_room_and_is_signed_with_the_secret()
    {
        var token = AccessToken.ForJoining(Credentials, "room", TimeSpan.FromMinutes(1), TimeProvider.System);

        var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[1])).RootElement;
        claims.GetProperty("iss").GetString().ShouldBe("key1");
        claims.GetProperty("video").GetProperty("room").GetString().ShouldBe("room");
        AccessToken.IsSignedBy(token, Credentials.ApiSecret).ShouldBeTrue();
        AccessToken.IsSignedBy(token, new Secret("another")).ShouldBeFalse();
        AccessToken.IsSignedBy("", Credentials.ApiSecret).ShouldBeFalse();
    }

    [Fact]
    public void The_signature_is_that_of_the_example_on_jwt_io()
    {
        const string Known = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c";

        AccessToken.IsSignedBy(Known, new Secret("your-256-bit-secret")).ShouldBeTrue();
    }

    [Fact]
    public void A_secret_does_not_show_in_text() => $"{Credentials}".ShouldNotContain("a secret");

    [Fact]
    public void What_is_missing_is_named_with_exit_code_104()
    {
        var error = Should.Throw<LoadTestException>(() => LiveKitCredentials.Of(new LiveKitParameters { Url = "wss://x" }));

        error.ExitCode.ShouldBe(104);
        error.Message.ShouldContain("--livekit-api-key and --livekit-api-secret");
    }
}
