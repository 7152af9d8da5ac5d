using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LoadTesting.Providers.OpenStack.Http;
using Polly.Timeout;
using Reporting.Json;

namespace LoadTesting.Providers.OpenStack.Identity;

/// <summary>Sends the requests of all resources: address from the catalogue, token, microversion, errors.</summary>
internal sealed class CloudClient(HttpClient http, TokenClient tokens, IProgressLog log)
{
    private const int MaxReadings = 3;

    public Task<Token> TokenAsync(CancellationToken cancellation) => tokens.CurrentAsync(cancellation);

    /// <summary>Asks; an answer that cannot be read, as a proxy gives one now and then, is asked for again.</summary>
    public async Task<T> GetAsync<T>(CloudService service, string path, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        for (var tries = MaxReadings; ; tries--)
        {
            using var answer = await SendAsync(new CloudRequest(HttpMethod.Get, service, path), cancellation);
            try
            {
                return await ReadAsync(answer, type, cancellation);
            }
            catch (NoResponseException error) when (tries > 1)
            {
                log.Detail(error.Message);
            }
        }
    }

    /// <summary>Follows the pages to the end. Only the query of the next page is taken: behind a proxy its host may be wrong.</summary>
    public async Task<IReadOnlyList<T>> ListAsync<TPage, T>(
        CloudService service, string path, JsonTypeInfo<TPage> type, CancellationToken cancellation)
        where TPage : IPage<T>
    {
        var (items, read) = (new List<T>(), new HashSet<string>(StringComparer.Ordinal));
        for (var next = path; next is not null;)
        {
            if (!read.Add(next))
                throw new LoadTestException($"The pages of {path.Split('?')[0]} lead in a circle: {next} comes twice.");
            var page = await GetAsync(service, next, type, cancellation);
            items.AddRange(page.Items);
            var query = page.Items.Count > 0 && page.Next is { } link && link.IndexOf('?', StringComparison.Ordinal) is > 0 and var at
                ? link[at..]
                : null;
            next = query is null ? null : path.Split('?')[0] + query;
        }

        return items;
    }

    public async Task<TAnswer> PostAsync<TBody, TAnswer>(
        CloudService service, string path, (TBody Value, JsonTypeInfo<TBody> Type) body, JsonTypeInfo<TAnswer> type,
            CancellationToken cancellation)
    {
        var request = new CloudRequest(HttpMethod.Post, service,
            path) { Body = JsonSerializer.SerializeToUtf8Bytes(body.Value, body.Type) };
        using var answer = await SendAsync(request, cancellation);
        return await ReadAsync(answer, type, cancellation);
    }

    public async Task PutAsync<TBody>(CloudService service, string path, (TBody Value, JsonTypeInfo<TBody> Type) body,
        CancellationToken cancellation)
    {
        var request = new CloudRequest(HttpMethod.Put, service, path) { Body = JsonSerializer.SerializeToUtf8Bytes(body.Value, body.Type) };
        using var answer = await SendAsync(request, cancellation);
    }

    /// <summary>Deletes; a thing that is not there any more counts as deleted.</summary>
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
            message.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
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

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        var body = await answer.Content.ReadAsStringAsync(cancellation);
        try
        {
            return StrictJson.Read(body, type);
        }
        catch (JsonException error)
        {
            throw new NoResponseException(
                $"{Describe(answer)} answered with something that is no {typeof(T).Name}: {ErrorBody.Message(body, answer.StatusCode)}",
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
internal sealed record CloudRequest(HttpMethod Method, CloudService Service, string Path)
{
    public byte[]? Body { get; init; }
}

/// <summary>A page of a list.</summary>
internal interface IPage<out T>
{
    IReadOnlyList<T> Items { get; }

    string? Next { get; }
}

/// <summary>A link of Nova's and Neutron's pages.</summary>
internal sealed record PageLink(string Rel, string Href);
