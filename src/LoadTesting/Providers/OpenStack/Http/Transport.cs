using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography.X509Certificates;
using LoadTesting.Providers.OpenStack.Credentials;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace LoadTesting.Providers.OpenStack.Http;

/// <summary>Builds the way to the cloud: certificates, a timeout for each try, and retries where they can do no harm.</summary>
internal static class Transport
{
    private static readonly TimeSpan TryLimit = TimeSpan.FromSeconds(60);

    [SuppressMessage("Reliability", "CA2000", Justification = "The client disposes its handlers.")]
    public static HttpClient Make(HttpMessageHandler network, TimeProvider time)
    {
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = 4,
                Delay = TimeSpan.FromMilliseconds(300),
                UseJitter = true,
                BackoffType = DelayBackoffType.Exponential,
                ShouldRetryAfterHeader = true,
                ShouldHandle = MayTryAgain,
            })
            .AddTimeout(TryLimit)
            .Build();
        var resilient = new ResilienceHandler(pipeline) { InnerHandler = network };
        return new HttpClient(resilient, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The network itself, with the authorities that the credentials name.</summary>
    [SuppressMessage("Security", "CA5359", Justification = "The operator turned verification off explicitly.")]
    public static SocketsHttpHandler Network(OpenStackCredentials credentials)
    {
        var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 64, AllowAutoRedirect = false };
        if (credentials.Insecure)
            handler.SslOptions.RemoteCertificateValidationCallback = AcceptAny;
        else if (credentials.CaFile is { } file)
            handler.SslOptions.CertificateChainPolicy = Trust(file, credentials.Origin);
        return handler;
    }

    /// <summary>OS_INSECURE and verify: false request it.</summary>
    private static bool AcceptAny(object sender, X509Certificate? certificate, X509Chain? chain,
        System.Net.Security.SslPolicyErrors errors) => true;

    private static X509ChainPolicy Trust(string file, string origin)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (Exception error)
            when (error is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw LoadTestException.Invalid($"{origin}: OS_CACERT: '{file}' cannot be read as certificates (PEM): {error.Message}");
        }

        return policy;
    }

    /// <summary>
    /// A POST whose answer was lost may have acted: only a refusal before acting lets it be sent again. A login makes nothing.
    /// </summary>
    private static ValueTask<bool> MayTryAgain(RetryPredicateArguments<HttpResponseMessage> tried)
    {
        var status = tried.Outcome.Result?.StatusCode;
        if (status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
            || (status is HttpStatusCode.RequestEntityTooLarge && tried.Outcome.Result?.Headers.RetryAfter is not null))
            return ValueTask.FromResult(true);
        var request = tried.Context.GetRequestMessage();
        var repeatable = request?.Method != HttpMethod.Post
            || request.RequestUri?.AbsolutePath.EndsWith("/auth/tokens", Ordinal) == true;
        var lost = status >= HttpStatusCode.InternalServerError
            || tried.Outcome.Exception is HttpRequestException or TimeoutRejectedException;
        return ValueTask.FromResult(repeatable && lost);
    }
}
