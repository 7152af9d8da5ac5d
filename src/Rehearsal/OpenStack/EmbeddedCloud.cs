using LoadTesting.Providers.OpenStack;
using LoadTesting.Providers.OpenStack.Credentials;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Rehearsal.OpenStack;

/// <summary>
/// An OpenStack on the loopback address: Keystone v3, Nova, Neutron and Glance, as far as our client calls them, answering what a control
/// plane of the Zed release was seen to answer. What it was asked to make survives it.
/// </summary>
public sealed class EmbeddedCloud : IAsyncDisposable
{
    private readonly WebApplication _web;

    private EmbeddedCloud(WebApplication web, Secret password)
    {
        _web = web;
        Credentials = new OpenStackCredentials
        {
            Origin = "the rehearsal",
            AuthUrl = new Uri($"{web.Urls.First()}/identity/v3/"),
            Login = new PasswordLogin(new IdentityReference(null, "rehearsal", null, "Default"), password),
            Project = new IdentityReference(null, "rehearsal", null, "Default"),
            Region = Keystone.Region,
        };
    }

    /// <summary>How to log in to it.</summary>
    public OpenStackCredentials Credentials { get; }

    /// <summary>Starts it on a free port.</summary>
    public static async Task<EmbeddedCloud> StartAsync(EmbeddedCloudOptions options, CancellationToken cancellation)
    {
        var password = new Secret(Guid.NewGuid().ToString("N"));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore().AddSingleton(_ => new Store(options.Directory, options.Time));
        var web = builder.Build();
        var store = web.Services.GetRequiredService<Store>();
        var keystone = new Keystone(password, options.Time);
        web.Use((context, next) => AnswerAsync(context, next, keystone));
        web.UseRouting();
        keystone.Map(web);
        new Nova(store, options).Map(web);
        new Neutron(store, options).Map(web);
        Glance.Map(web);
        await web.StartAsync(cancellation);
        return new EmbeddedCloud(web, password);
    }

    /// <summary>The scenario in which a fleet was provisioned; null when it has no server.</summary>
    /// <param name="directory">Where the cloud keeps what it knows.</param>
    /// <param name="fleet">The name of the fleet.</param>
    /// <param name="cancellation">Cancels the wait for another program.</param>
    public static async Task<string?> ScenarioOfAsync(string directory, string fleet, CancellationToken cancellation)
    {
        using var store = new Store(directory, TimeProvider.System);
        return await store.TakeTurnAsync(() => Servers.ScenarioOf(store, OwnershipTag.TagOf(fleet)), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _web.DisposeAsync();

    /// <summary>What all services have in common: a request id, the token, one request at a time.</summary>
    private static async Task AnswerAsync(HttpContext context, RequestDelegate next, Keystone keystone)
    {
        context.Response.Headers["X-Openstack-Request-Id"] = $"req-{Guid.NewGuid()}";
        if (!context.Request.Path.StartsWithSegments("/identity", Ordinal)
            && !keystone.Knows(context.Request.Headers["X-Auth-Token"]))
            await new Answer(StatusCodes.Status401Unauthorized, Keystone.Unauthorized()).WriteAsync(context);
        else
            await next(context);
    }
}

/// <summary>A status and a body.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The JSON; null: no body.</param>
internal sealed record Answer(int Status, JsonNode? Body = null)
{
    public static Answer Ok(JsonNode body) => new(StatusCodes.Status200OK, body);

    /// <summary>A thing under the name of its kind.</summary>
    public static Answer Of(string kind, JsonNode what, int status = StatusCodes.Status200OK) =>
        new(status, new JsonObject { [kind] = what.DeepClone() });

    /// <summary>Things of one kind under the name of their kind.</summary>
    public static Answer List(string kind, IEnumerable<JsonNode> things) =>
        Of(kind, new JsonArray([.. things.Select(thing => thing.DeepClone())]));

    /// <summary>An error in Nova's shape: one property that names the kind.</summary>
    public static Answer NovaError(int status, string kind, string message) =>
        Of(kind, Json.Of(new { Code = status, Message = message }), status);

    /// <summary>An error in Neutron's shape.</summary>
    public static Answer NeutronError(int status, string type, string message) =>
        Of("NeutronError", Json.Of(new { Type = type, Message = message, Detail = "" }), status);

    public async Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        if (Body is null)
            return;

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(Body.ToJsonString(), context.RequestAborted);
    }
}
