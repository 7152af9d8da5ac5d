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
        Route(web.MapGet, "networks",
            _ => Answer.List("networks", [Network(Internal, "internal", false), Network(Public, "public", true)]));
        Route(web.MapGet, "ports", request => List(request, "ports", "network_id", "device_id"));
        Route(web.MapGet, "floatingips", request => List(request, "floatingips"));
        Route(web.MapPost, "floatingips", MakeFloatingIp);
        Route(web.MapPut, "floatingips/{id}", MoveFloatingIp);
        Route(web.MapDelete, "floatingips/{id}",
            request => Delete(request, "floatingips", "FloatingIPNotFound", "Floating IP {0} could not be found"));
        Route(web.MapGet, "security-groups", request => List(request, "security_groups", "name"));
        Route(web.MapPost, "security-groups", MakeSecurityGroup);
        Route(web.MapDelete, "security-groups/{id}", DeleteSecurityGroup);
        Route(web.MapPost, "security-group-rules", MakeRule);
        Route(web.MapGet, "quotas/{project}/details.json", _ => Answer.Of("quota", Quotas()));
    }

    private void Route(Func<string, RequestDelegate, IEndpointConventionBuilder> map, string path, Func<ServiceRequest, Answer> answer) =>
        map($"/network/v2.0/{path}", context => store.AnswerAsync(context, answer));

    /// <summary>Filters by the query's values of these names.</summary>
    private Answer List(ServiceRequest request, string kind, params string[] filters)
    {
        var query = request.Context.Request.Query;
        var wanted = filters.Where(query.ContainsKey).Select(filter => (filter, query[filter].ToString())).ToList();
        var found = store.All(kind).Where(thing => wanted.TrueForAll(filter => (string?)thing[filter.filter] == filter.Item2));
        return Answer.List(kind, found);
    }

    private Answer MakeFloatingIp(ServiceRequest request)
    {
        var asked = request.Body["floatingip"]!.AsObject();
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
            CreatedAt = options.Now(),
        }));
        return Answer.Of("floatingip", made, StatusCodes.Status201Created);
    }

    private Answer MoveFloatingIp(ServiceRequest request)
    {
        if (store.Find("floatingips", request.Id) is not { } floatingIp)
            return Answer.NeutronError(404, "FloatingIPNotFound", $"Floating IP {request.Id} could not be found");

        var port = (string?)request.Body["floatingip"]?["port_id"];
        floatingIp["port_id"] = port;
        floatingIp["status"] = port is null ? "DOWN" : "ACTIVE";
        store.Put("floatingips", request.Id, floatingIp);
        return Answer.Of("floatingip", floatingIp);
    }

    private Answer MakeSecurityGroup(ServiceRequest request)
    {
        var id = Guid.NewGuid().ToString();
        var made = store.Put("security_groups", id, Json.Of(new
        {
            Id = id,
            Name = (string?)request.Body["security_group"]!["name"],
            Description = (string?)request.Body["security_group"]!["description"] ?? "",
            Stateful = true,
            ProjectId = Keystone.Project,
            SecurityGroupRules = Array.Empty<string>(),
            Tags = Array.Empty<string>(),
            CreatedAt = options.Now(),
        }));
        return Answer.Of("security_group", made, StatusCodes.Status201Created);
    }

    private Answer DeleteSecurityGroup(ServiceRequest request) =>
        store.All("ports").Any(port => port["security_groups"]!.AsArray().Any(group => (string?)group == request.Id))
        ? Answer.NeutronError(409, "SecurityGroupInUse", $"Security Group {request.Id} in use.")
        : Delete(request, "security_groups", "SecurityGroupNotFound", "Security group {0} does not exist");

    private Answer MakeRule(ServiceRequest request)
    {
        var rule = request.Body["security_group_rule"]!.AsObject();
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

    private Answer Delete(ServiceRequest request, string kind, string type, string message) => store.Remove(kind, request.Id)
        ? new Answer(StatusCodes.Status204NoContent)
        : Answer.NeutronError(404, type, string.Format(message, request.Id));

    private JsonObject Quotas()
    {
        object Use(string kind) => new { Limit = Quota, Used = store.All(kind).Count, Reserved = 0 };
        return Json.Of(new { Port = Use("ports"), Floatingip = Use("floatingips"), SecurityGroup = Use("security_groups") });
    }

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

    /// <summary>An address of a reserved network, which reaches no real host.</summary>
    internal static string Address(string prefix, int number) => $"{prefix}.{number / 250}.{(number % 250) + 1}";
}
