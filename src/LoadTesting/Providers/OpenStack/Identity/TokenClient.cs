using LoadTesting.Providers.OpenStack.Credentials;
using LoadTesting.Providers.OpenStack.Http;
using Polly.Timeout;

namespace LoadTesting.Providers.OpenStack.Identity;

/// <summary>Logs in, keeps the token, and logs in again shortly before it ends or when the cloud refuses it.</summary>
internal sealed class TokenClient(HttpClient http, OpenStackCredentials credentials, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(2);
    private readonly SemaphoreSlim _one = new(1);
    private Token? _token;

    public async Task<Token> CurrentAsync(CancellationToken cancellation) =>
        Volatile.Read(ref _token) is { } token && time.GetUtcNow() < token.ExpiresAt - Early
            ? token
            : await RenewAsync(_token, cancellation);

    /// <summary>A new token, unless another caller has fetched one since.</summary>
    public async Task<Token> RenewAsync(Token? refused, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (_token is null || ReferenceEquals(_token, refused))
                Volatile.Write(ref _token, await LogInAsync(cancellation));
            return _token!;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<Token> LogInAsync(CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(credentials.AuthUrl, "auth/tokens"))
        {
            Content = new StringContent(TokenRequest.Write(credentials), Encoding.UTF8, "application/json"),
        };
        using var answer = await AskAsync(request, cancellation);
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.NotFound)
            throw LoadTestException.Invalid(
                $"The cloud at {credentials.AuthUrl} refuses the login from {credentials.Origin}: "
                + (await CloudClient.FailureAsync(answer, cancellation)).Message,
                $"It was asked with {credentials.Given.Listed()}.");
        if (!answer.IsSuccessStatusCode)
            throw await CloudClient.FailureAsync(answer, cancellation);
        return Read(answer, await answer.Content.ReadAsStringAsync(cancellation));
    }

    private Token Read(HttpResponseMessage answer, string body)
    {
        try
        {
            var token = new ServiceBody(body).One("token", IdentityJson.Default.TokenBody);
            var value = answer.Headers.TryGetValues("X-Subject-Token", out var values)
                ? values.First()
                : throw new JsonException("no X-Subject-Token");
            return new Token(new Secret(value), token, credentials.Region, credentials.Interface);
        }
        catch (JsonException error)
        {
            throw new NoResponseException(
                $"The cloud at {credentials.AuthUrl} (from {credentials.Origin}) answers the login with something that is no token of "
                + "Keystone.", error);
        }
    }

    private async Task<HttpResponseMessage> AskAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            return await http.SendAsync(request, cancellation);
        }
        catch (Exception error) when (error is HttpRequestException or TimeoutRejectedException)
        {
            var what = $"The cloud at {credentials.AuthUrl} (from {credentials.Origin}) does not answer: {error.Message}";
            throw _token is null ? LoadTestException.Invalid(what) : new NoResponseException(what, error);
        }
    }
}
