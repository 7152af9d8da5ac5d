using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Rehearsal.OpenStack;

/// <summary>Flavors, key pairs, quotas, server groups and servers.</summary>
/// <param name="store">What is kept.</param>
/// <param name="options">The cloud.</param>
internal sealed class Nova(Store store, EmbeddedCloudOptions options)
{
    private static readonly (string Id, string Name, int Vcpus, int Ram)[] Flavors =
        [("36be0ad2-db97-4f63-b05f-0ac55ebb3800", "c1.large", 4, 8192), ("5a1b6a1e-6d0c-4a55-9e55-1f0f2f6d2b7c", "c1.xlarge", 8, 16384)];

    private const int Newest = 93;
    private readonly Servers _servers = new(store, options);

    public void Map(WebApplication web)
    {
        Route(web.MapGet, "flavors/detail",
            _ => Answer.Ok(new JsonObject { ["flavors"] = new JsonArray([.. Flavors.Select(FlavorBody)]) }));
        Route(web.MapGet, "os-availability-zone", _ => Answer.Ok(new JsonObject
        {
            ["availabilityZoneInfo"] =
                new JsonArray(new JsonObject { ["zoneName"] = "nova", ["zoneState"] = new JsonObject { ["available"] = true },
                ["hosts"] = null }),
        }));
        Route(web.MapGet, "os-keypairs", _ => Answer.Ok(new JsonObject
        {
            ["keypairs"] = new JsonArray(
                [.. store.All("keypairs").Select(pair => (JsonNode)new JsonObject { ["keypair"] = pair.DeepClone() })]),
        }));
        Route(web.MapPost, "os-keypairs", MakeKeyPair);
        Route(web.MapDelete, "os-keypairs/{id}", request => Deleted(request, "keypairs", "Keypair {0} not found for user"));
        Route(web.MapGet, "os-quota-sets/{id}/detail", _ => Answer.Ok(Quotas()));
        Route(web.MapGet, "os-server-groups",
            _ => Answer.Ok(new JsonObject {
            ["server_groups"] = new JsonArray([.. store.All("server_groups").Select(group => group.DeepClone())]) }));
        Route(web.MapPost, "os-server-groups", MakeServerGroup);
        Route(web.MapDelete, "os-server-groups/{id}",
            request => Deleted(request, "server_groups", "Instance group {0} could not be found."));
        Route(web.MapPost, "servers", request => MakeServer(request.Body));
        Route(web.MapGet, "servers/detail", request => Answer.Ok(_servers.Page(request.Context)));
        Route(web.MapGet, "servers/{id}", request => _servers.Find(request.Id) is { } server
            ? Answer.Ok(new JsonObject { ["server"] = Servers.Shown(server, withFault: true) })
            : NoSuchServer(request.Id));
        Route(web.MapPut, "servers/{id}", RenameServer);
        Route(web.MapDelete, "servers/{id}",
            request => _servers.Delete(request.Id) ? new Answer(StatusCodes.Status204NoContent) : NoSuchServer(request.Id));
        Route(web.MapPost, "servers/{id}/action", request => _servers.Find(request.Id) is not null
            ? Answer.Ok(new JsonObject { ["output"] = "" })
            : NoSuchServer(request.Id));
    }

    /// <summary>Checks the microversion, then answers one request at a time.</summary>
    private void Route(Func<string, RequestDelegate, IEndpointConventionBuilder> map, string path, Func<NovaRequest, Answer> answer) =>
        map($"/compute/v2.1/{path}", async context =>
    {
        var asked = context.Request.Headers["OpenStack-API-Version"].ToString();
        var version = asked.StartsWith("compute ", StringComparison.Ordinal) ? asked["compute ".Length..] : "2.1";
        if (!int.TryParse(version.Split('.') is ["2", var minor] ? minor : "", NumberStyles.None, CultureInfo.InvariantCulture,
            out var number))
        {
            await Answer.NovaError(400, "badRequest",
                $"API Version String {version} is of invalid format. Must be of format MajorNum.MinorNum.").WriteAsync(context);
            return;
        }

        context.Response.Headers["OpenStack-API-Version"] = $"compute {version}";
        if (number is < 1 or > Newest)
        {
            await Answer.NovaError(406, "computeFault",
                $"Version {version} is not supported by the API. Minimum is 2.1 and maximum is 2.{Newest}.").WriteAsync(context);
            return;
        }

        var body = context.Request.ContentLength > 0
            ? (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!.AsObject()
            : [];
        await (await store.TakeTurnAsync(() => answer(new NovaRequest(context, body)), context.RequestAborted)).WriteAsync(context);
    });

    private Answer MakeKeyPair(NovaRequest request)
    {
        var name = (string)request.Body["keypair"]!["name"]!;
        if (store.Find("keypairs", name) is not null)
            return Answer.NovaError(409, "conflictingRequest", $"Key pair '{name}' already exists.");

        var made = store.Put("keypairs", name, new JsonObject
        {
            ["name"] = name,
            ["public_key"] = (string?)request.Body["keypair"]!["public_key"],
            ["fingerprint"] = "a3:1a:98:a4:d3:b6:a0:86:76:1a:c2:32:0c:a8:43:73",
        });
        return new Answer(StatusCodes.Status201Created, new JsonObject { ["keypair"] = made.DeepClone() });
    }

    private Answer MakeServerGroup(NovaRequest request)
    {
        var id = Guid.NewGuid().ToString();
        var made = store.Put("server_groups", id, new JsonObject
        {
            ["id"] = id,
            ["name"] = (string?)request.Body["server_group"]!["name"],
            ["policies"] = request.Body["server_group"]!["policies"]?.DeepClone(),
            ["members"] = new JsonArray(),
        });
        return Answer.Ok(new JsonObject { ["server_group"] = made.DeepClone() });
    }

    private Answer MakeServer(JsonObject body)
    {
        var asked = body["server"]!.AsObject();
        var flavor = Array.Find(Flavors, flavor => flavor.Id == (string?)asked["flavorRef"]);
        if (flavor.Id is null)
            return Answer.NovaError(400, "badRequest", $"Flavor {asked["flavorRef"]} could not be found.");
        if ((string?)asked["imageRef"] != Glance.Image)
            return Answer.NovaError(400, "badRequest", "Can not find requested image");
        if (asked["networks"]!.AsArray().FirstOrDefault(network => (string?)network!["uuid"] != Neutron.Internal) is { } unknown)
            return Answer.NovaError(400, "badRequest", $"Network {unknown["uuid"]} could not be found.");
        if ((string?)asked["availability_zone"] is { } zone && zone != "nova")
            return Answer.NovaError(400, "badRequest", "The requested availability zone is not available");
        if (store.Find("keypairs", (string?)asked["key_name"] ?? "") is null)
            return Answer.NovaError(400, "badRequest", "Invalid key_name provided.");

        var used = store.All("servers").Count;
        var least = (int?)asked["min_count"] ?? 1;
        if (used + least > options.InstanceQuota)
            return Answer.NovaError(403, "forbidden",
                $"Quota exceeded for instances: Requested {least}, but already used {used} of {options.InstanceQuota} instances");

        // As many of them as there is room for. Many are told apart by a number; the answer names the first only.
        var count = Math.Min((int?)asked["max_count"] ?? least, options.InstanceQuota - used);
        var name = (string)asked["name"]!;
        List<string> ids = [.. Enumerable.Range(1, count).Select(number => _servers.Make(
            count == 1 ? name : $"{name}-{number}", count, asked, FlavorBody(flavor), body["os:scheduler_hints"]))];
        return new Answer(StatusCodes.Status202Accepted,
            new JsonObject { ["server"] = new JsonObject { ["id"] = ids[0], ["OS-DCF:diskConfig"] = "MANUAL" } });
    }

    private Answer RenameServer(NovaRequest request)
    {
        if (_servers.Find(request.Id) is not { } server)
            return NoSuchServer(request.Id);

        server["name"] = (string?)request.Body["server"]!["name"];
        store.Put("servers", request.Id, server);
        return Answer.Ok(new JsonObject { ["server"] = Servers.Shown(server, withFault: false) });
    }

    private Answer Deleted(NovaRequest request, string kind, string message) => store.Remove(kind, request.Id)
        ? new Answer(StatusCodes.Status204NoContent)
        : Answer.NovaError(404, "itemNotFound", string.Format(message, request.Id));

    private static Answer NoSuchServer(string id) => Answer.NovaError(404, "itemNotFound", $"Instance {id} could not be found.");

    private JsonObject Quotas()
    {
        var servers = store.All("servers").Count;
        static JsonObject Use(int limit, int used) => new() { ["limit"] = limit, ["in_use"] = used, ["reserved"] = 0 };
        return new JsonObject
        {
            ["quota_set"] = new JsonObject
            {
                ["instances"] = Use(options.InstanceQuota, servers),
                ["cores"] = Use(options.InstanceQuota * 4, servers * 4),
                ["ram"] = Use(options.InstanceQuota * 8192, servers * 8192),
                ["key_pairs"] = Use(100, store.All("keypairs").Count),
                ["server_groups"] = Use(10, store.All("server_groups").Count),
            },
        };
    }

    private static JsonObject FlavorBody((string Id, string Name, int Vcpus, int Ram) flavor) => new()
    {
        ["id"] = flavor.Id,
        ["name"] = flavor.Name,
        ["vcpus"] = flavor.Vcpus,
        ["ram"] = flavor.Ram,
        ["disk"] = 40,
        ["swap"] = "",
        ["rxtx_factor"] = 1.0,
        ["os-flavor-access:is_public"] = true,
    };
}

/// <summary>A request to Nova.</summary>
internal sealed record NovaRequest(HttpContext Context, JsonObject Body)
{
    public string Id => (string)Context.Request.RouteValues["id"]!;
}
