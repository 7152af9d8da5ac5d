using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using LoadTesting.Providers.OpenStack.Http;
using Polly.Timeout;

namespace LoadTesting.Providers.OpenStack.Identity;

/// <summary>Sends the requests of all resources: address from the catalogue, token, microversion, errors.</summary>
internal sealed class CloudClient(HttpClient http, TokenClient tokens, IProgressLog log)
{
    private const int MaxReadings = 3;

    public Task<Token> TokenAsync(CancellationToken cancellation) => tokens.CurrentAsync(cancellation);

    /// <summary>Sends a GET request. An answer that cannot be read, as a proxy gives one now and then, is requested again.</summary>
    public async Task<T> GetAsync<T>(CloudService service, string path, Func<ServiceBody, T> read, CancellationToken cancellation)
    {
        for (var tries = MaxReadings; ; tries--)
        {
            using var answer = await SendAsync(new CloudRequest(HttpMethod.Get, service, path), cancellation);
            try
            {
                return await ReadAsync(answer, read, cancellation);
            }
            catch (NoResponseException error) when (tries > 1)
            {
                log.Detail(error.Message);
            }
        }
    }

    public async Task<T> PostAsync<T>(
        CloudService service, string path, JsonObject body, Func<ServiceBody, T> read, CancellationToken cancellation)
    {
        using var answer = await SendAsync(new CloudRequest(HttpMethod.Post, service, path, body), cancellation);
        return await ReadAsync(answer, read, cancellation);
    }

    public async Task PutAsync(CloudService service, string path, JsonObject body, CancellationToken cancellation)
    {
        using var answer = await SendAsync(new CloudRequest(HttpMethod.Put, service, path, body), cancellation);
    }

    /// <summary>Deletes; a resource that does not exist any more counts as deleted.</summary>
    public async Task DeleteAsync(CloudService service, string path, CancellationToken cancellation)
    {
        try
        {
            using var answer = await SendAsync(new CloudRequest(HttpMethod.Delete, service, path), cancellation);
        }
        catch (OpenStackException error) when (error.Status == HttpStatusCode.NotFound)
        {
            log.Detail($"{path} was gone already");
        }
    }

    /// <summary>Sends; a token that is refused is renewed once.</summary>
    private async Task<HttpResponseMessage> SendAsync(CloudRequest request, CancellationToken cancellation)
    {
        var token = await tokens.CurrentAsync(cancellation);
        var answer = await SendAsync(request, token, cancellation);
        if (answer.StatusCode == HttpStatusCode.Unauthorized)
        {
            answer.Dispose();
            token = await tokens.RenewAsync(token, cancellation);
            answer = await SendAsync(request, token, cancellation);
        }

        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw await FailureAsync(answer, cancellation);
    }

    private async Task<HttpResponseMessage> SendAsync(CloudRequest request, Token token, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(request.Method, new Uri(token.Root(request.Service), request.Path));
        message.Headers.Add("X-Auth-Token", token.Value.Reveal());
        if (request.Service.Microversion is { } version)
            message.Headers.Add("OpenStack-API-Version", version);
        if (request.Body is { } body)
            message.Content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json"));
        var answer = await AskAsync(message, cancellation);
        log.Detail($"{request.Method} {message.RequestUri}: {(int)answer.StatusCode}");
        return answer;
    }

    private async Task<HttpResponseMessage> AskAsync(HttpRequestMessage message, CancellationToken cancellation)
    {
        try
        {
            return await http.SendAsync(message, cancellation);
        }
        catch (Exception error) when (error is HttpRequestException or TimeoutRejectedException)
        {
            throw new NoResponseException($"{message.Method} {message.RequestUri}: no answer: {error.Message}", error);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, Func<ServiceBody, T> read, CancellationToken cancellation)
    {
        var body = await answer.Content.ReadAsStringAsync(cancellation);
        try
        {
            return read(new ServiceBody(body));
        }
        catch (JsonException error)
        {
            throw new NoResponseException(
                $"{Describe(answer)}: got '{ErrorBody.Message(body, answer.StatusCode)}', expected JSON of OpenStack: {error.Message}",
                error);
        }
    }

    internal static async Task<OpenStackException> FailureAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var reason = ErrorBody.Message(await answer.Content.ReadAsStringAsync(cancellation), answer.StatusCode);
        var id = answer.Headers.TryGetValues("X-Openstack-Request-Id", out var ids) ? ids.FirstOrDefault() : null;
        return new OpenStackException(Describe(answer), answer.StatusCode, reason, id);
    }

    private static string Describe(HttpResponseMessage answer) => $"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri}";
}

/// <summary>A request to a service.</summary>
internal sealed record CloudRequest(HttpMethod Method, CloudService Service, string Path, JsonObject? Body = null);
