
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
            _ => Answer.List("flavors", Flavors.Select(FlavorBody)));
        Route(web.MapGet, "os-availability-zone", _ => Answer.List("availabilityZoneInfo",
            [new JsonObject { ["zoneName"] = "nova", ["zoneState"] = Json.Of(new { Available = true }), ["hosts"] = null }]));
        Route(web.MapGet, "os-keypairs",
            _ => Answer.List("keypairs", store.All("keypairs").Select(pair => Json.Of(new { Keypair = pair }))));
        Route(web.MapPost, "os-keypairs", MakeKeyPair);
        Route(web.MapDelete, "os-keypairs/{id}", request => Deleted(request, "keypairs", "Keypair {0} not found for user"));
        Route(web.MapGet, "os-quota-sets/{id}/detail", _ => Answer.Of("quota_set", Quotas()));
        Route(web.MapGet, "os-server-groups",
            _ => Answer.List("server_groups", store.All("server_groups")));
        Route(web.MapPost, "os-server-groups", MakeServerGroup);
        Route(web.MapDelete, "os-server-groups/{id}",
            request => Deleted(request, "server_groups", "Instance group {0} could not be found."));
        Route(web.MapPost, "servers", request => MakeServer(request.Body));
        Route(web.MapGet, "servers/detail", request => Answer.Ok(_servers.Page(request.Context)));
        Route(web.MapGet, "servers/{id}", request => _servers.Find(request.Id) is { } server
            ? Answer.Of("server", Servers.Shown(server, withFault: true))
            : NoSuchServer(request.Id));
        Route(web.MapPut, "servers/{id}", RenameServer);
        Route(web.MapDelete, "servers/{id}",
            request => _servers.Delete(request.Id) ? new Answer(StatusCodes.Status204NoContent) : NoSuchServer(request.Id));
        Route(web.MapPost, "servers/{id}/action", request => _servers.Find(request.Id) is not null
            ? Answer.Of("output", "")
            : NoSuchServer(request.Id));
    }

    /// <summary>Checks the microversion, then answers one request at a time.</summary>
    private void Route(Func<string, RequestDelegate, IEndpointConventionBuilder> map, string path, Func<ServiceRequest, Answer> answer) =>
        map($"/compute/v2.1/{path}", async context =>
    {
        var asked = context.Request.Headers["OpenStack-API-Version"].ToString();
        var version = asked.StartsWith("compute ", Ordinal) ? asked["compute ".Length..] : "2.1";
        if (Digits.Number<int>(version.Split('.') is ["2", var minor] ? minor : "") is not { } number)
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

        await store.AnswerAsync(context, answer);
    });

    private Answer MakeKeyPair(ServiceRequest request)
    {
        var name = (string)request.Body["keypair"]!["name"]!;
        if (store.Find("keypairs", name) is not null)
            return Answer.NovaError(409, "conflictingRequest", $"Key pair '{name}' already exists.");

        var made = store.Put("keypairs", name, Json.Of(new
        {
            Name = name,
            PublicKey = (string?)request.Body["keypair"]!["public_key"],
            Fingerprint = "a3:1a:98:a4:d3:b6:a0:86:76:1a:c2:32:0c:a8:43:73",
        }));
        return Answer.Of("keypair", made, StatusCodes.Status201Created);
    }

    private Answer MakeServerGroup(ServiceRequest request)
    {
        var id = Guid.NewGuid().ToString();
        var made = store.Put("server_groups", id, Json.Of(new
        {
            Id = id,
            Name = (string?)request.Body["server_group"]!["name"],
            Policies = request.Body["server_group"]!["policies"],
            Members = Array.Empty<string>(),
        }));
        return Answer.Of("server_group", made);
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

        // As many servers as the quota leaves room for. Several get a number at the end of their name; the answer names only the first.
        var count = Math.Min((int?)asked["max_count"] ?? least, options.InstanceQuota - used);
        var name = (string)asked["name"]!;
        List<string> ids = [.. Enumerable.Range(1, count).Select(number => _servers.Make(
            count == 1 ? name : $"{name}-{number}", count, asked, FlavorBody(flavor), body["os:scheduler_hints"]))];
        return Answer.Of("server", new JsonObject { ["id"] = ids[0], ["OS-DCF:diskConfig"] = "MANUAL" }, StatusCodes.Status202Accepted);
    }

    private Answer RenameServer(ServiceRequest request)
    {
        if (_servers.Find(request.Id) is not { } server)
            return NoSuchServer(request.Id);

        server["name"] = (string?)request.Body["server"]!["name"];
        store.Put("servers", request.Id, server);
        return Answer.Of("server", Servers.Shown(server, withFault: false));
    }

    private Answer Deleted(ServiceRequest request, string kind, string message) => store.Remove(kind, request.Id)
        ? new Answer(StatusCodes.Status204NoContent)
        : Answer.NovaError(404, "itemNotFound", string.Format(message, request.Id));

    private static Answer NoSuchServer(string id) => Answer.NovaError(404, "itemNotFound", $"Instance {id} could not be found.");

    private JsonObject Quotas()
    {
        var servers = store.All("servers").Count;
        static object Use(int limit, int used) => new { Limit = limit, InUse = used, Reserved = 0 };
        return Json.Of(new
        {
            Instances = Use(options.InstanceQuota, servers),
            Cores = Use(options.InstanceQuota * 4, servers * 4),
            Ram = Use(options.InstanceQuota * 8192, servers * 8192),
            KeyPairs = Use(100, store.All("keypairs").Count),
            ServerGroups = Use(10, store.All("server_groups").Count),
        });
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
