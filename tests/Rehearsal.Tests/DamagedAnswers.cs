using System.Net.Http.Headers;
using LoadTesting;
using Reporting.Tests;

namespace Rehearsal.Tests;

/// <summary>Whatever a cloud answers, in Nova's and Neutron's JSON or in something like it, a target ends well or with the error that says what came.</summary>
public sealed class DamagedAnswers : OnTheEmbeddedCloud
{
    [Fact]
    public async Task Of_a_cloud_are_read_or_refused()
    {
        long damaged = 0;
        for (var seed = 1; damaged < Fuzz.Inputs / 10; seed++)
        {
            using var network = new Damages(seed);
            using (var cloud = Cloud(network: network))
            {
                try
                {
                    await cloud.CheckAsync(Cancellation);
                    await cloud.ProvisionAsync(Cancellation);
                    await cloud.FleetsAsync(Cancellation);
                    await cloud.DestroyAsync(Cancellation);
                }
                catch (LoadTestException)
                {
                    // Refused, with a message.
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    throw new InvalidOperationException($"seed {seed}: {error.GetType().Name}: {error.Message}", error);
                }
            }

            damaged += network.Damaged;
            using var later = Cloud();
            await later.DestroyAsync(Cancellation);
        }

        Left.ShouldBeEmpty();
    }

    /// <summary>Damages a twentieth of the answers.</summary>
    private sealed class Damages(int seed) : DelegatingHandler(new SocketsHttpHandler())
    {
        private readonly Lock _turn = new();
        private readonly Random _random = new(seed);

        public long Damaged { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            lock (_turn)
            {
                if (body.Length == 0 || _random.Next(20) > 0)
                    return answer;

                Damaged++;
                answer.Content = new ByteArrayContent(Fuzz.Damaged([body], _random.Next())) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
                return answer;
            }
        }
    }
}
