using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace LoadTesting.Tests.Providers.OpenStack;

/// <summary>What proxies, rate limiters and older clouds answer, put between our client and the embedded cloud.</summary>
public sealed class AnswersOfClouds : OnTheEmbeddedCloud
{
    [Theory]
    [InlineData("{0}")]
    [InlineData("{0}/")]
    [InlineData("{0}/v2.1", "compute")]
    [InlineData("{0}/v2.1/", "compute")]
    [InlineData("{0}/v2.0", "network")]
    [InlineData("{0}/v2/", "image")]
    public async Task The_catalogue_may_name_versions_or_not(string form, string type = "network")
    {
        using var network = new Between(
            (_, answer) => answer.RequestMessage!.RequestUri!.AbsolutePath.EndsWith("/auth/tokens", StringComparison.Ordinal)
            ? Catalogued(answer, type, form)
            : answer);
        using var cloud = Cloud(network: network);

        (await cloud.ProvisionAsync(Cancellation)).Count.ShouldBe(Servers);
    }

    [Fact]
    public async Task A_tags_filter_that_the_cloud_ignores_deletes_no_strangers_server()
    {
        using var theirs = Cloud(setup => setup with { Fleet = setup.Fleet with { Name = "theirs" } });
        await theirs.ProvisionAsync(Cancellation);
        using var network = new Between(
            request => Redirect(request, query => query.Replace("tags=", "ignored=", StringComparison.Ordinal)));
        using var cloud = Cloud(network: network);
        await cloud.ProvisionAsync(Cancellation);

        await cloud.DestroyAsync(Cancellation);

        (await theirs.ListAsync(Cancellation)).Count.ShouldBe(Servers);
    }

    [Fact]
    public async Task Pages_are_followed_to_the_end()
    {
        using var network = new Between(
            request => Redirect(request, query => query.Contains("limit=", StringComparison.Ordinal) ? query : query + "&limit=1"));
        using var cloud = Cloud(network: network);

        await cloud.ProvisionAsync(Cancellation);

        (await cloud.ListAsync(Cancellation)).Select(machine => machine.Name).ShouldBe(["f-01", "f-02", "f-03"]);
    }

    [Fact]
    public async Task A_token_that_is_revoked_in_the_middle_is_renewed_once()
    {
        var refused = 0;
        using var network = new Between((call, answer) => call == 6
            && Interlocked.Exchange(ref refused, 1) == 0 ? Answer(answer, HttpStatusCode.Unauthorized, "") : answer);
        using var cloud = Cloud(network: network);

        (await cloud.ProvisionAsync(Cancellation)).Count.ShouldBe(Servers);
        refused.ShouldBe(1);
        network.Paths.Count(path => path.EndsWith("/auth/tokens", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task A_page_that_a_proxy_answers_instead_of_the_cloud_is_asked_for_again()
    {
        var spoilt = new HashSet<string>(StringComparer.Ordinal);
        using var network = new Between((_, answer) =>
        {
            lock (spoilt)
                return answer.RequestMessage!.Method == HttpMethod.Get && spoilt.Add(answer.RequestMessage.RequestUri!.AbsolutePath)
                    ? Answer(answer, HttpStatusCode.OK, "<html>")
                    : answer;
        });
        using var cloud = Cloud(network: network);

        (await cloud.ProvisionAsync(Cancellation)).Count.ShouldBe(Servers);
        spoilt.Count.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task A_Destroy_that_cannot_ask_what_there_is_says_that_something_may_be_left()
    {
        using var network = new Between(
            (_, answer) => answer.RequestMessage!.Method == HttpMethod.Get ? Answer(answer, HttpStatusCode.BadGateway, "") : answer);
        using var cloud = Cloud(network: network);

        (await Should.ThrowAsync<LoadTestException>(() => cloud.DestroyAsync(Cancellation))).Message.ShouldContain(
            "What is left of fleet f is not known");
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_rate_limit_is_waited_for(HttpStatusCode status)
    {
        using var network = new Between((call, answer) =>
        {
            if (call % 3 != 0)
                return answer;
            var limited = Answer(answer, status, "<html>slow down</html>");
            limited.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(1));
            return limited;
        }, beforeTheCloud: true);
        using var cloud = Cloud(network: network);

        (await cloud.ProvisionAsync(Cancellation)).Count.ShouldBe(Servers);
        (await cloud.FleetsAsync(Cancellation)).ShouldHaveSingleItem().Hosts.Count.ShouldBe(Servers);
    }

    [Theory]
    [InlineData("""{"badRequest": {"code": 400, "message": "Invalid input for field."}}""", "Invalid input for field.")]
    [InlineData("""{"NeutronError": {"type": "OverQuota", "message": "Quota exceeded for resources: ['port'].", "detail": ""}}""",
        "Quota exceeded for resources: ['port'].")]
    [InlineData("""{"error": {"code": 400, "message": "Expecting to find domain.", "title": "Bad Request"}}""",
        "Expecting to find domain.")]
    [InlineData("""{"message": "The resource could not be found.<br /><br />\n\n\n", "code": "404 Not Found", "title": "Not Found"}""",
        "The resource could not be found.")]
    [InlineData("<html><head><title>502</title></head><body><h1>Bad Gateway</h1></body></html>", "Bad Gateway")]
    [InlineData("", "BadRequest")]
    public async Task The_clouds_words_and_request_id_are_in_the_error_whatever_shape_they_have(string body, string said)
    {
        using var network = new Between((_, answer) =>
            answer.RequestMessage is { RequestUri.AbsolutePath: var path, Method.Method: "POST" }
                && path.EndsWith("/servers", StringComparison.Ordinal) ? Answer(answer, HttpStatusCode.BadRequest, body) : answer);
        using var cloud = Cloud(network: network);

        var error = await Should.ThrowAsync<LoadTestException>(() => cloud.ProvisionAsync(Cancellation));

        error.Message.ShouldContain($"POST {network.Host}/compute/v2.1/servers: 400");
        error.Message.ShouldContain(said);
        error.Message.ShouldContain("req-12345");
    }

    [Fact]
    public async Task A_cloud_older_than_Queens_is_named_as_such()
    {
        using var network = new Between(
            (_, answer) => answer.RequestMessage!.RequestUri!.AbsolutePath.Contains("/compute/", StringComparison.Ordinal)
            ? Answer(answer, HttpStatusCode.NotAcceptable,
                """{"computeFault": {"code": 406, "message": "Version 2.60 is not supported by the API. Minimum is 2.1 and maximum is 2.38."}}""")
            : answer);
        using var cloud = Cloud(network: network);

        (await Should.ThrowAsync<LoadTestException>(() => cloud.CheckAsync(Cancellation))).Message.ShouldContain("older than Queens");
    }

    [Fact]
    public async Task A_refused_address_fails_the_phase_when_all_others_were_asked_for()
    {
        var asked = 0;
        using var network = new Between((_, none) => none.RequestMessage is { Method.Method: "POST" } request
            && request.RequestUri!.AbsolutePath.EndsWith("/floatingips", StringComparison.Ordinal)
            && Interlocked.Increment(ref asked) == 1
                ? Answer(none, HttpStatusCode.BadRequest, "no such network")
                : none, beforeTheCloud: true);
        using var cloud = Cloud(network: network);

        (await Should.ThrowAsync<LoadTestException>(() => cloud.ProvisionAsync(Cancellation))).Message.ShouldContain("no such network");

        asked.ShouldBe(Servers);
        (await cloud.ListAsync(Cancellation)).Count(host => host.Address is not null).ShouldBe(Servers - 1);
    }

    private static HttpResponseMessage Catalogued(HttpResponseMessage answer, string type, string form)
    {
        var body = JsonNode.Parse(answer.Content.ReadAsStringAsync(Cancellation).GetAwaiter().GetResult())!;
        foreach (var endpoint in body["token"]!["catalog"]!.AsArray().Where(entry => (string?)entry!["type"] == type)
            .SelectMany(entry => entry!["endpoints"]!.AsArray()))
        {
            var root = new Uri((string)endpoint!["url"]!);
            endpoint["url"] = form.Replace("{0}", $"{root.GetLeftPart(UriPartial.Authority)}/{root.AbsolutePath.Split('/')[1]}",
                StringComparison.Ordinal);
        }

        var changed = new HttpResponseMessage(answer.StatusCode) { RequestMessage = answer.RequestMessage,
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        changed.Headers.Add("X-Subject-Token", answer.Headers.GetValues("X-Subject-Token"));
        return changed;
    }

    private static HttpResponseMessage Answer(HttpResponseMessage instead, HttpStatusCode status, string body)
    {
        var answer = new HttpResponseMessage(status) { RequestMessage = instead.RequestMessage,
            Content = new StringContent(body, Encoding.UTF8) };
        answer.Headers.Add("X-Openstack-Request-Id", "req-12345");
        return answer;
    }

    private static void Redirect(HttpRequestMessage request, Func<string, string> query)
    {
        if (request.RequestUri!.AbsolutePath.EndsWith("/servers/detail", StringComparison.Ordinal))
            request.RequestUri = new UriBuilder(request.RequestUri) { Query = query(request.RequestUri.Query) }.Uri;
    }

    /// <summary>Changes requests on their way to the cloud, or answers on their way back.</summary>
    private sealed class Between(Func<int, HttpResponseMessage, HttpResponseMessage> answered, bool beforeTheCloud = false)
        : DelegatingHandler(new SocketsHttpHandler())
    {
        private readonly Action<HttpRequestMessage>? _asked;
        private readonly List<string> _paths = [];

        public Between(Action<HttpRequestMessage> asked)
            : this((_, answer) => answer) => _asked = asked;

        public IReadOnlyList<string> Paths => _paths;

        public string Host { get; private set; } = "";

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            int call;
            lock (_paths)
            {
                _paths.Add(request.RequestUri!.AbsolutePath);
                call = _paths.Count;
                Host = request.RequestUri.GetLeftPart(UriPartial.Authority);
            }

            _asked?.Invoke(request);
            if (!beforeTheCloud)
                return answered(call, await base.SendAsync(request, cancellationToken));

            // The cloud acts only on what the limiter lets through.
            var none = new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request };
            var answer = answered(call, none);
            return ReferenceEquals(answer, none) ? await base.SendAsync(request, cancellationToken) : answer;
        }
    }
}
