using LoadTesting.LiveKit;
using LoadTesting.LoadKinds.Participants;
using LoadTesting.Phases;
using LoadTesting.Plan;

namespace LoadTesting.Tests.LiveKit;

/// <summary>Whatever answers in LiveKit's place is named before a load starts, with what to do about it.</summary>
public sealed class AnswersThatAreNotLiveKits
{
    private const string Url = "wss://livekit.example.com";
    private const string Nginx503 =
        "<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n<body><hr><center>nginx</center></body></html>";

    [Fact]
    public void LiveKits_own_has_no_fault() => new LiveKitAnswer(200, "success").Fault(Url).ShouldBeNull();

    [Theory]
    [InlineData(401, "invalid token: eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJkZXZrZXkifQ.c2lnbmF0dXJl, error: signature is invalid", null,
        "does not accept the API key or secret: 'invalid token: <token>, error: signature is invalid'")]
    [InlineData(401, "<html><title>Sign in</title></html>", "nginx", "a proxy before it that wants a separate login (401, nginx)")]
    [InlineData(404, "404 page not found", null, "has no LiveKit at this path (404)")]
    [InlineData(404, "<html><title>Not Found</title></html>", "nginx", "has no LiveKit at this path (404, nginx)")]
    [InlineData(404, "requested room does not exist", null, "creates no rooms by itself")]
    [InlineData(200, "<!doctype html><title>Welcome to\n nginx!</title>", "nginx",
        "a web page ('Welcome to nginx!') and is not LiveKit, nginx")]
    [InlineData(200, "OK", null, "answers with 'OK' and is not LiveKit")]
    [InlineData(429, "slow down", "cloudflare", "refuses requests by their rate (429, cloudflare)")]
    [InlineData(503, Nginx503, "nginx", "a proxy without a LiveKit behind it (503, nginx): '503 Service Temporarily Unavailable'")]
    [InlineData(503, "node has exceeded its configured limit", null,
        "is a LiveKit that is full: 'node has exceeded its configured limit'")]
    [InlineData(502, "Bad Gateway", null, "a proxy without a LiveKit behind it (502): 'Bad Gateway'")]
    [InlineData(418, "", null, "does not answer as LiveKit does (418): ''")]
    public void Another_is_told_by_what_it_is(int status, string body, string? server, string expected) =>
        new LiveKitAnswer(status, body) { Server = server }.Fault(Url)!.ShouldSatisfyAllConditions(
            fault => fault.ShouldStartWith($"{Url} "), fault => fault.ShouldContain(expected));

    [Theory]
    [InlineData(301)]
    [InlineData(308)]
    public void A_redirect_names_the_url_that_is_meant(int status) =>
        new LiveKitAnswer(status, "") { Location = "https://rtc.example.com/rtc/validate" }.Fault(Url)!.ShouldSatisfyAllConditions(
            fault => fault.ShouldContain($"redirects ({status}) to https://rtc.example.com"),
            fault => fault.ShouldEndWith("--livekit-url wss://rtc.example.com"));

    [Theory]
    [InlineData("<html><title>Welcome</title></html> 200", "", "a web page ('Welcome')")]
    [InlineData(" 308", "https://rtc.example.com/rtc/validate", "redirects (308) to https://rtc.example.com")]
    [InlineData("curl: (7) Failed to connect to livekit.example.com port 443 000", "", "does not answer as LiveKit does: 'curl: (7)")]
    public void Hosts_tell_the_same_apart(string answer, string location, string expected)
    {
        var host = new PreparedHost("lk version 2.18.1", answer, FreeKib: 1_000_000, OtherLk: 0, location, "", AheadOfLiveKit: null);

        Should.Throw<LoadTestException>(() => host.Require(Url, 1)).Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("success 200")]
    [InlineData("connected")]
    public void Hosts_accept_LiveKits(string answer)
    {
        var host = new PreparedHost("lk version 2.18.1", answer, FreeKib: 1_000_000, OtherLk: 0, "", Server: "", AheadOfLiveKit: null);

        host.Require(Url, 1).ShouldBe(host);
    }

    [Theory]
    [InlineData("wss://acme.livekit.cloud", 100, true)]
    [InlineData("wss://acme.livekit.cloud", 50, false)]
    [InlineData("wss://livekit.cloud.example.com", 100, false)]
    public void LiveKit_Cloud_has_a_limit_for_each_process(string url, int participants, bool isRefused) =>
        ParameterChecks.Problems(new LoadTestParameters
        {
            Load = new LoadParameters { ParticipantsPerVm = participants },
            LiveKit = new LiveKitParameters { Url = url },
        }).Any(problem => problem.Expected.Contains("LiveKit Cloud", StringComparison.Ordinal)).ShouldBe(isRefused);

    [Fact]
    public void Many_processes_of_few_participants_pass_the_limit_of_LiveKit_Cloud() => CloudLimit.Problem(
        "wss://acme.livekit.cloud", LoadPlanner.Plan(new LoadParameters { Rooms = new Rooms(4) }, ["vm-01"], "x-0000")).ShouldBeNull();
}
