using System.Collections.Concurrent;

namespace Rehearsal.OpenStack;

/// <summary>Logs in, and returns the addresses of the other services.</summary>
/// <param name="password">The only password there is.</param>
/// <param name="time">The clock.</param>
internal sealed class Keystone(Secret password, TimeProvider time)
{
    public const string Region = "RegionOne";
    public const string Project = "9a8250291d8642a6891ca061f95ed2e5";

    private static readonly object Domain = new { Id = "default", Name = "Default" };
    private static readonly string[] Interfaces = ["admin", "internal", "public"];

    private readonly ConcurrentDictionary<string, bool> _tokens = [];

    public static JsonObject Unauthorized() => Json.Of(new
    {
        Error = new { Code = 401, Message = "The request you have made requires authentication.", Title = "Unauthorized" },
    });

    public void Map(WebApplication web) => web.MapPost("/identity/v3/auth/tokens", LogInAsync);

    public bool Knows(string? token) => token is not null && _tokens.ContainsKey(token);

    private async Task LogInAsync(HttpContext context)
    {
        var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var given = (string?)body?["auth"]?["identity"]?["password"]?["user"]?["password"];
        if (given != password.Reveal())
        {
            await new Answer(StatusCodes.Status401Unauthorized, Unauthorized()).WriteAsync(context);
            return;
        }

        var token = Guid.NewGuid().ToString("N");
        _tokens[token] = true;
        context.Response.Headers["X-Subject-Token"] = token;
        await new Answer(StatusCodes.Status201Created, Token($"{context.Request.Scheme}://{context.Request.Host}")).WriteAsync(context);
    }

    private JsonObject Token(string root) => Json.Of(new
    {
        Token = new
        {
            Methods = (string[])["password"],
            User = new { Id = "b457b621b5a34f2ea406824a24e9799e", Name = "rehearsal", Domain },
            ExpiresAt = time.GetUtcNow().AddHours(24).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"),
            Project = new { Id = Project, Name = "rehearsal", Domain },
            Catalog = (JsonObject[])
            [
                Service("identity", "keystone", $"{root}/identity/v3"),
                Service("compute", "nova", $"{root}/compute/v2.1"),
                Service("network", "neutron", $"{root}/network"),
                Service("image", "glance", $"{root}/image"),
            ],
        },
    });

    private static JsonObject Service(string type, string name, string url) => Json.Of(new
    {
        Type = type,
        Name = name,
        Endpoints = Interfaces.Select(access => new { Interface = access, RegionId = Region, Region, Url = url }),
    });
}
