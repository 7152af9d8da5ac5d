using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;

namespace LoadTesting.Tests.Providers.OpenStack;

/// <summary>
/// Whatever a cloud answers, in Nova's and Neutron's JSON or in something like it, a target ends well or with the error that says what
/// came.
/// </summary>
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

    /// <summary>What the cloud answered once, one answer of each time damaged: as fast as it can be read.</summary>
    [Fact]
    public async Task Of_lists_are_read_or_refused()
    {
        var answers = new ConcurrentDictionary<string, Answer>(StringComparer.Ordinal);
        using (var cloud = Cloud())
            await cloud.ProvisionAsync(Cancellation);
        using (var conversation = new Conversation(answers))
        using (var cloud = Cloud(network: conversation))
            await LookAsync(cloud);

        answers.Keys.Count(call => call.Contains("servers", StringComparison.Ordinal)).ShouldBeGreaterThan(0);
        await Parallel.ForAsync(1, Fuzz.Inputs + 1, Cancellation, async (seed, _) =>
        {
            using var network = new OnceDamaged(answers, seed);
            using var cloud = Cloud(network: network);
            try
            {
                await LookAsync(cloud);
            }
            catch (LoadTestException)
            {
                // Refused, with a message.
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                throw new InvalidOperationException($"seed {seed}: {error.GetType().Name}: {error.Message}", error);
            }
        });

        using var last = Cloud();
        await last.DestroyAsync(Cancellation);
    }

    private static async Task LookAsync(LoadTesting.Providers.OpenStack.OpenStackCloud cloud)
    {
        await cloud.CheckAsync(Cancellation);
        await cloud.ListAsync(Cancellation);
        await cloud.FleetsAsync(Cancellation);
    }

    /// <summary>Keeps what is answered to each call.</summary>
    private sealed class Conversation(ConcurrentDictionary<string, Answer> answers) : DelegatingHandler(new SocketsHttpHandler())
    {
        public static string Call(HttpRequestMessage request) => $"{request.Method} {request.RequestUri!.PathAndQuery}";

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            answers[Call(request)] =
                new Answer(answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(cancellationToken),
                answer.Headers.TryGetValues("X-Subject-Token", out var token) ? token.Single() : null);
            return answer;
        }
    }

    private sealed record Answer(HttpStatusCode Status, byte[] Body, string? Token);

    /// <summary>Repeats a conversation, in which one answer is damaged.</summary>
    private sealed class OnceDamaged : HttpMessageHandler
    {
        private readonly IReadOnlyDictionary<string, Answer> _answers;
        private readonly string _call;
        private readonly byte[] _damaged;

        public OnceDamaged(IReadOnlyDictionary<string, Answer> answers, int seed)
        {
            _answers = answers;
            var calls = answers.Keys.Order(StringComparer.Ordinal).ToList();
            _call = calls[seed % calls.Count];
            _damaged = Fuzz.Damaged([answers[_call].Body], seed);
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!_answers.TryGetValue(Conversation.Call(request), out var answer)) // where a damaged link led to
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new StringContent("") });

            var message = new HttpResponseMessage(answer.Status) {
                Content = new ByteArrayContent(Conversation.Call(request) == _call ? _damaged : answer.Body) };
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            if (answer.Token is { } token)
                message.Headers.Add("X-Subject-Token", token);
            return Task.FromResult(message);
        }
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
                answer.Content = new ByteArrayContent(Fuzz.Damaged([body], _random.Next())) {
                    Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
                return answer;
            }
        }
    }
}
