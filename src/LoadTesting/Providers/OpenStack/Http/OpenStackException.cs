namespace LoadTesting.Providers.OpenStack.Http;

/// <summary>A request that the cloud refused; the message has method, address, status, the cloud's words and its request id.</summary>
public sealed class OpenStackException : LoadTestException
{
    /// <summary>Makes the error.</summary>
    /// <param name="request">Method and address.</param>
    /// <param name="status">The answer's status.</param>
    /// <param name="reason">The cloud's reason.</param>
    /// <param name="requestId">X-Openstack-Request-Id of the answer, for the cloud's operators.</param>
    public OpenStackException(string request, HttpStatusCode status, string reason, string? requestId)
        : base($"{request}: {(int)status} {reason}{(requestId is null ? "" : $" ({requestId})")}", AdviceOn(status)) => Status = status;

    /// <summary>The answer's status.</summary>
    public HttpStatusCode Status { get; }

    private static string? AdviceOn(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotAcceptable =>
            "The cloud is older than Queens (2018): its Nova does not know microversion 2.60. Below 2.52 servers cannot be marked by the "
            + "request that makes them, so nothing is made there.",
        HttpStatusCode.Forbidden => "The project's role does not allow this, or a quota is full.",
        _ => null,
    };
}

/// <summary>A request that the cloud did not answer, or not with anything that can be read: it may have acted on it anyway.</summary>
/// <param name="message">Method, address and what happened.</param>
/// <param name="cause">The error behind it.</param>
public sealed class NoResponseException(string message, Exception cause) : LoadTestException(message, cause: cause);
