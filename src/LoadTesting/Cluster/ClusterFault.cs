using System.ComponentModel;
using System.Net.Sockets;
using System.Security.Authentication;
using k8s;
using k8s.Autorest;
using k8s.Exceptions;

namespace LoadTesting.Cluster;

/// <summary>
/// What went wrong between us and an API server, in a few words. Its body may be a Status, a Status without kind, or plain text: of
/// aggregation, of flow control, of an unknown path.
/// </summary>
internal sealed record ClusterFault(string Why, HttpStatusCode? Status = null, TimeSpan? RetryAfter = null)
{
    private const int MaxTextLength = 200;

    /// <summary>Whether a right is missing; who is not known at all (401) is helped by none.</summary>
    public bool IsForbidden => Status == HttpStatusCode.Forbidden;

    /// <summary>Whether it answered that the object does not exist.</summary>
    public bool IsMissing => Status == HttpStatusCode.NotFound;

    /// <summary>Whether what was asked for lies too far back: list again.</summary>
    public bool IsExpired => Status == HttpStatusCode.Gone;

    /// <summary>Whether an error is one of talking to an API server, which observation lives with.</summary>
    public static bool Is(Exception error) =>
        error is HttpOperationException or KubernetesException or KubernetesClientException or HttpRequestException
        or IOException or JsonException or OperationCanceledException or AuthenticationException or SocketException or KubeConfigException
            or Win32Exception or FormatException;

    public static ClusterFault Of(Exception error) => error switch
    {
        HttpOperationException { Response: { } response } => OfResponse(response),
        KubernetesException { Status: { } status } =>
            new ClusterFault(Short(status.Message ?? status.Reason), (HttpStatusCode?)status.Code),
        OperationCanceledException => new ClusterFault("no answer in time"),
        _ when Inner<AuthenticationException>(error) is { } tls =>
            new ClusterFault($"TLS: {Short(tls.InnerException?.Message ?? tls.Message)}"),
        _ when Inner<SocketException>(error) is { } socket => new ClusterFault(socket.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "connection refused",
            SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => "its host name does not resolve",
            _ => Short(socket.Message),
        }),
        JsonException => new ClusterFault("an answer that is not the JSON it should be"),
        IOException or HttpRequestException => new ClusterFault($"the connection broke: {Short(error.Message)}"),
        _ => new ClusterFault(Short(error.Message)),
    };

    private static ClusterFault OfResponse(HttpResponseMessageWrapper response)
    {
        var message = Message(response.Content);
        var code = (int)response.StatusCode;
        var why = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => "not accepted (401): bad or expired credentials",
            HttpStatusCode.Forbidden => $"forbidden: {message}",
            _ => $"{code}: {message}",
        };
        return new ClusterFault(why, response.StatusCode, RetryAfterOf(response));
    }

    private static string Message(string? content)
    {
        try
        {
            return Short(JsonSerializer.Deserialize(content ?? "", ClusterJson.Default.ApiStatus)?.Message ?? content ?? "");
        }
        catch (JsonException)
        {
            return Short(content ?? "");
        }
    }

    private static TimeSpan? RetryAfterOf(HttpResponseMessageWrapper response) =>
        response.Headers.TryGetValue("Retry-After", out var values) && int.TryParse(values.FirstOrDefault(), out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static T? Inner<T>(Exception? error)
        where T : Exception => error is null ? null : error as T ?? Inner<T>(error.InnerException);

    private static string Short(string? text)
    {
        var line = (text ?? "").Trim().Split('\n')[0];
        return line.Length > MaxTextLength ? $"{line[..MaxTextLength]}…" : line;
    }
}
