using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;

namespace LoadTesting.Tests.Providers.OpenStack;

/// <summary>A server that ends in ERROR each time it is made.</summary>
public sealed class ServersInError : OnTheEmbeddedCloud
{
    protected override string Scenario => "no-host";

    [Fact]
    public async Task Fails_with_the_clouds_reason_when_all_are_needed_and_Destroy_leaves_nothing()
    {
        using var cloud = Cloud();

        var error = await Should.ThrowAsync<LoadTestException>(() => cloud.ProvisionAsync(Cancellation));
        var fault = (await cloud.ListAsync(Cancellation)).Single(machine => machine.Status == "ERROR").Fault;
        await cloud.DestroyAsync(Cancellation);

        fault.ShouldBe("No valid host was found.");
        error.Message.ShouldStartWith("f-02 ended in ERROR 3 times, last: No valid host was found.");
        Left.ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_left_out_when_fewer_servers_are_enough()
    {
        using var cloud = Cloud(setup => setup with { Fleet = setup.Fleet with { MinServers = 2 } });

        (await cloud.ProvisionAsync(Cancellation)).Select(machine => machine.Name).ShouldBe(["f-01", "f-03"]);
    }

    [Fact]
    public async Task Takes_those_that_were_asked_for_with_it_down_once_and_they_come_up_one_by_one()
    {
        var posts = new Posts();
        using var cloud = Cloud(setup => setup with { Fleet = setup.Fleet with { MinServers = 2, ServerRetries = 0 } }, posts);

        var machines = await cloud.ProvisionAsync(Cancellation);

        machines.Select(machine => machine.Name).ShouldBe(["f-01", "f-03"]);
        posts.Servers.ShouldBe(["f 3", "f-01 1", "f-02 1", "f-03 1"], ignoreOrder: true);
        posts.ToldCloudInit.Distinct().ShouldHaveSingleItem().ShouldStartWith("#cloud-config\nssh_deletekeys: true\n");
    }

    /// <summary>What servers were asked for: name and number.</summary>
    private sealed class Posts() : DelegatingHandler(new SocketsHttpHandler())
    {
        public ConcurrentQueue<string> Servers { get; } = new();

        public ConcurrentQueue<string> ToldCloudInit { get; } = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.EndsWith("/servers", StringComparison.Ordinal))
            {
                var server = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!["server"]!;
                Servers.Enqueue($"{server["name"]} {server["max_count"]}");
                ToldCloudInit.Enqueue(Encoding.UTF8.GetString(Convert.FromBase64String((string)server["user_data"]!)));
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
