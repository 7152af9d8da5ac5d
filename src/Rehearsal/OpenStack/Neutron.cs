namespace Rehearsal.OpenStack;

/// <summary>Networks, ports, floating IPs and security groups.</summary>
/// <param name="store">What is kept.</param>
/// <param name="options">The cloud.</param>
internal sealed class Neutron(Store store, EmbeddedCloudOptions options)
{
    public const string Internal = "c4d490fa-6276-436e-9d06-dccb27c45911";
    private const string Public = "0d5c1a0e-57c1-4a4e-9b3c-6f1d7a1b2c3d";
    private const int Quota = 2000;

    public void Map(WebApplication web)
    {
        web.MapGet("/network/v2.0/networks",
            context => Answer.List("networks", [Network(Internal, "internal", false), Network(Public, "public", true)])
                .WriteAsync(context));
        web.MapGet("/network/v2.0/ports", context => Locked(context, (_, _) => List(context, "ports", "network_id", "device_id")));
        web.MapGet("/network/v2.0/floatingips", context => Locked(context, (_, _) => List(context, "floatingips")));
        web.MapPost("/network/v2.0/floatingips", context => Locked(context, (_, body) => MakeFloatingIp(body)));
        web.MapPut("/network/v2.0/floatingips/{id}", context => Locked(context, MoveFloatingIp));
        web.MapDelete("/network/v2.0/floatingips/{id}",
            context => Locked(context, (id, _) => Delete(id, "floatingips", "FloatingIPNotFound", "Floating IP {0} could not be found")));
        web.MapGet("/network/v2.0/security-groups", context => Locked(context, (_, _) => List(context, "security_groups", "name")));
        web.MapPost("/network/v2.0/security-groups", context => Locked(context, (_, body) => MakeSecurityGroup(body)));
        web.MapDelete("/network/v2.0/security-groups/{id}", context => Locked(context, (id, _) => DeleteSecurityGroup(id)));
        web.MapPost("/network/v2.0/security-group-rules", context => Locked(context, (_, body) => MakeRule(body)));
        web.MapGet("/network/v2.0/quotas/{project}/details.json", context => Locked(context, (_, _) => Answer.Of("quota", Quotas())));
    }

    /// <summary>Answers one request at a time.</summary>
    private async Task Locked(HttpContext context, Func<string, JsonObject, Answer> answer)
    {
        var body = context.Request.ContentLength > 0
            ? (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!.AsObject()
            : [];
        await (await store.TakeTurnAsync(() => answer(context.Request.RouteValues["id"] as string ?? "", body), context.RequestAborted))
            .WriteAsync(context);
    }

    /// <summary>Filters by the query's values of these names.</summary>
    private Answer List(HttpContext context, string kind, params string[] filters)
    {
        var wanted = filters.Where(filter => context.Request.Query.ContainsKey(filter))
            .Select(filter => (filter, context.Request.Query[filter].ToString())).ToList();
        var found = store.All(kind).Where(thing => wanted.TrueForAll(filter => (string?)thing[filter.filter] == filter.Item2));
        return Answer.List(kind, found);
    }

    private Answer MakeFloatingIp(JsonObject body)
    {
        var asked = body["floatingip"]!.AsObject();
        if ((string?)asked["floating_network_id"] != Public)
            return Answer.NeutronError(404, "NetworkNotFound", $"Network {asked["floating_network_id"]} could not be found.");

        var id = Guid.NewGuid().ToString();
        var port = (string?)asked["port_id"];
        var made = store.Put("floatingips", id, Json.Of(new
        {
            Id = id,
            FloatingNetworkId = Public,
            FloatingIpAddress = Address("198.18", store.All("floatingips").Count + 1),
            PortId = port,
            Description = (string?)asked["description"] ?? "",
            Status = port is null ? "DOWN" : "ACTIVE",
            Tags = Array.Empty<string>(),
            ProjectId = Keystone.Project,
            CreatedAt = Now(),
        }));
        return Answer.Of("floatingip", made, StatusCodes.Status201Created);
    }

    private Answer MoveFloatingIp(string id, JsonObject body)
    {
        if (store.Find("floatingips", id) is not { } floatingIp)
            return Answer.NeutronError(404, "FloatingIPNotFound", $"Floating IP {id} could not be found");

        var port = (string?)body["floatingip"]?["port_id"];
        floatingIp["port_id"] = port;
        floatingIp["status"] = port is null ? "DOWN" : "ACTIVE";
        store.Put("floatingips", id, floatingIp);
        return Answer.Of("floatingip", floatingIp);
    }

    private Answer MakeSecurityGroup(JsonObject body)
    {
        var id = Guid.NewGuid().ToString();
        var made = store.Put("security_groups", id, Json.Of(new
        {
            Id = id,
            Name = (string?)body["security_group"]!["name"],
            Description = (string?)body["security_group"]!["description"] ?? "",
            Stateful = true,
            ProjectId = Keystone.Project,
            SecurityGroupRules = Array.Empty<string>(),
            Tags = Array.Empty<string>(),
            CreatedAt = Now(),
        }));
        return Answer.Of("security_group", made, StatusCodes.Status201Created);
    }

    private Answer DeleteSecurityGroup(string id) =>
        store.All("ports").Any(port => port["security_groups"]!.AsArray().Any(group => (string?)group == id))
        ? Answer.NeutronError(409, "SecurityGroupInUse", $"Security Group {id} in use.")
        : Delete(id, "security_groups", "SecurityGroupNotFound", "Security group {0} does not exist");

    private Answer MakeRule(JsonObject body)
    {
        var rule = body["security_group_rule"]!.AsObject();
        var groupId = (string)rule["security_group_id"]!;
        if (store.Find("security_groups", groupId) is not { } group)
            return Answer.NeutronError(404, "SecurityGroupNotFound", $"Security group {groupId} does not exist");

        string[] same = ["direction", "ethertype", "protocol", "port_range_min", "port_range_max", "remote_ip_prefix"];
        var rules = group["security_group_rules"]!.AsArray();
        if (rules.FirstOrDefault(other => same.All(name => other![name]?.ToString() == rule[name]?.ToString())) is { } twin)
            return Answer.NeutronError(409, "SecurityGroupRuleExists", $"Security group rule already exists. Rule id is {twin["id"]}.");

        var made = (JsonObject)rule.DeepClone();
        made["id"] = Guid.NewGuid().ToString();
        rules.Add((JsonNode)made);
        store.Put("security_groups", groupId, group);
        return Answer.Of("security_group_rule", made, StatusCodes.Status201Created);
    }

    private Answer Delete(string id, string kind, string type, string message) => store.Remove(kind, id)
        ? new Answer(StatusCodes.Status204NoContent)
        : Answer.NeutronError(404, type, string.Format(message, id));

    private JsonObject Quotas()
    {
        object Use(string kind) => new { Limit = Quota, Used = store.All(kind).Count, Reserved = 0 };
        return Json.Of(new { Port = Use("ports"), Floatingip = Use("floatingips"), SecurityGroup = Use("security_groups") });
    }

    private string Now() => options.Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");

    private static JsonObject Network(string id, string name, bool external) => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["status"] = "ACTIVE",
        ["admin_state_up"] = true,
        ["shared"] = external,
        ["router:external"] = external,
        ["project_id"] = Keystone.Project,
        ["tags"] = new JsonArray(),
    };

    /// <summary>An address of a network that is nobody's.</summary>
    internal static string Address(string prefix, int number) => $"{prefix}.{number / 250}.{(number % 250) + 1}";
}
