using System.Net;
using System.Text;

namespace Tests.Shared;

/// <summary>
/// Fails a share of the calls, chosen by the seed: before or after the server acted, or with an answer that nobody can read.
/// </summary>
internal sealed class FailingNetwork(int seed, double share) : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly Lock _turn = new();
    private readonly Random _random = new(seed);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        int fault;
        lock (_turn)
            fault = _random.NextDouble() < share ? _random.Next(5) : -1;
        if (fault == 0)
            throw new HttpRequestException("reset before the server acted");
        if (fault == 1)
            return Answer(request, HttpStatusCode.ServiceUnavailable, "<html><body>Service Unavailable</body></html>");

        var answer = await base.SendAsync(request, cancellationToken);
        if (fault < 0)
            return answer;
        answer.Dispose();
        return fault switch
        {
            2 => throw new HttpRequestException("reset after the server acted"),
            3 => Answer(request, HttpStatusCode.BadGateway, ""),
            _ => Answer(request, HttpStatusCode.OK, "{\"servers\": [{\"id\": "),
        };
    }

    private static HttpResponseMessage Answer(HttpRequestMessage request, HttpStatusCode status, string body) =>
        new(status) { RequestMessage = request, Content = new StringContent(body, Encoding.UTF8) };
}
