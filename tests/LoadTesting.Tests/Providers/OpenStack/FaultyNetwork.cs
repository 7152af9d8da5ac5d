namespace LoadTesting.Tests.Providers.OpenStack;

/// <summary>
/// On a network that fails a fifth of all calls a fleet is either completed or refused, and Destroy leaves nothing of it.
/// </summary>
public sealed class FaultyNetwork : OnTheEmbeddedCloud
{
    [Fact]
    [Trait("speed", "slow")]
    public async Task Every_run_of_a_hundred_is_complete_or_says_why_not_and_leaves_nothing()
    {
        var complete = 0;
        for (var seed = 1; seed <= 100; seed++)
        {
            using var cloud = Cloud(network: new FailingNetwork(seed, share: 0.2));
            try
            {
                var machines = await cloud.ProvisionAsync(Cancellation);
                machines.Select(machine => machine.Address).ShouldBeUnique($"seed {seed}");
                machines.Count.ShouldBe(Servers, $"seed {seed}");
                complete++;
            }
            catch (LoadTestException)
            {
                // Refused with a message: what was made until then must go as well.
            }

            using var later = Cloud();
            await later.DestroyAsync(Cancellation);
            Left.ShouldBeEmpty($"seed {seed}");
        }

        complete.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_create_whose_answer_is_lost_is_neither_repeated_nor_given_up()
    {
        for (var lost = 1; lost <= 10; lost++)
        {
            using var network = new LosesAnswer(lost);
            using var cloud = Cloud(network: network);

            (await cloud.ProvisionAsync(Cancellation)).Count.ShouldBe(Servers);

            var fleet = (await cloud.FleetsAsync(Cancellation)).ShouldHaveSingleItem();
            fleet.Hosts.Count.ShouldBe(Servers, $"answer {lost}");
            fleet.Leftovers.Count.ShouldBe(Servers + 2, $"answer {lost}: floating IPs, a group and a key pair, each once");
            await cloud.DestroyAsync(Cancellation);
        }
    }

    /// <summary>The n-th POST after the login acts, and its answer never comes.</summary>
    private sealed class LosesAnswer(int lost) : DelegatingHandler(new SocketsHttpHandler())
    {
        private int _posts;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            var counts = request.Method == HttpMethod.Post
                && !request.RequestUri!.AbsolutePath.EndsWith("/auth/tokens", StringComparison.Ordinal);
            if (!counts || Interlocked.Increment(ref _posts) != lost)
                return answer;

            answer.Dispose();
            throw new HttpRequestException("the answer was lost");
        }
    }
}
