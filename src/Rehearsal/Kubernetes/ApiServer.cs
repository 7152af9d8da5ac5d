using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Rehearsal.Kubernetes;

/// <summary>A Kubernetes API server on the loopback address: TLS and authentication. The caller supplies the answers.</summary>
public sealed class ApiServer : IAsyncDisposable
{
    private const string Refusal =
        """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"Unauthorized","reason":"Unauthorized","code":401}""";

    private readonly RequestDelegate _answer;
    private WebApplication _web = null!;

    private ApiServer(RequestDelegate answer, TemporaryAuthority authority)
    {
        _answer = answer;
        Authority = authority;
        Token = new Secret(Guid.NewGuid().ToString("N"));
    }

    /// <summary>Where it is.</summary>
    public string Url { get; private set; } = null!;

    /// <summary>The authority that issued its certificate, and those of its clients.</summary>
    public TemporaryAuthority Authority { get; }

    /// <summary>The bearer token it takes.</summary>
    public Secret Token { get; }

    /// <summary>Opens it on a free port.</summary>
    /// <param name="answer">Answers those who may ask.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Cancels the start.</param>
    public static async Task<ApiServer> StartAsync(RequestDelegate answer, TimeProvider time, CancellationToken cancellation)
    {
        var server = new ApiServer(answer, new TemporaryAuthority(time.GetUtcNow()));
        await server.OpenAsync(0, cancellation);
        return server;
    }

    /// <summary>
    /// Stops and starts again on the same port. HTTP/2 connections receive GOAWAY, new connections are refused, and requests without an
    /// answer after the grace period are aborted.
    /// </summary>
    /// <param name="grace">How long requests in progress may continue.</param>
    /// <param name="cancellation">Cancels the new start.</param>
    public async Task RestartAsync(TimeSpan grace, CancellationToken cancellation)
    {
        using (var end = new CancellationTokenSource(grace))
            await _web.StopAsync(end.Token);
        await _web.DisposeAsync();
        await OpenAsync(new Uri(Url).Port, cancellation);
    }

    /// <summary>A kubeconfig for it.</summary>
    /// <param name="user">The user's part, a line of YAML flow such as <c>{token: abc}</c>; null: with its token.</param>
    /// <param name="cluster">The cluster's part; null: its URL and authority.</param>
    public string Kubeconfig(string? user = null, string? cluster = null) =>
        $$"""
        apiVersion: v1
        kind: Config
        clusters:
        - name: rehearsal
          cluster: {{cluster ?? $"{{server: '{Url}', certificate-authority-data: {Base64(Authority.Pem)}}}"}}
        users:
        - name: observer
          user: {{user ?? $"{{token: {Token.Reveal()}}}"}}
        contexts:
        - name: rehearsal
          context: {cluster: rehearsal, user: observer, namespace: livekit}
        current-context: rehearsal

        """;

    /// <summary>Base64 of a text, as kubeconfigs hold PEM.</summary>
    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        Authority.Dispose();
    }

    private async Task OpenAsync(int port, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = Authority.IssueServer(),
                ClientCertificateMode = ClientCertificateMode.AllowCertificate,
                ClientCertificateValidation = (_, _, _) => true, // TLS accepts any certificate; the answer is 401
            });
        }));
        _web = builder.Build();
        _web.Run(context => MayAsk(context) ? _answer(context) : RefuseAsync(context));
        await _web.StartAsync(cancellation);
        Url = _web.Urls.First();
    }

    private bool MayAsk(HttpContext context) =>
        context.Connection.ClientCertificate is { } certificate
            ? Authority.Issued(certificate)
            : context.Request.Headers.Authorization == $"Bearer {Token.Reveal()}";

    private static async Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(Refusal, context.RequestAborted);
    }
}
