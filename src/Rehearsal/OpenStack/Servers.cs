
namespace Rehearsal.OpenStack;

/// <summary>
/// Servers from BUILD to ACTIVE or ERROR to gone. Their state changes only when a request reads it: nothing happens that no client could
/// see.
/// </summary>
/// <param name="store">What is kept.</param>
/// <param name="options">The cloud.</param>
internal sealed class Servers(Store store, EmbeddedCloudOptions options)
{
    private const int PageSize = 1000;

    /// <summary>Where a server has the scenario in which it was made; Nova does not show it.</summary>
    private const string Scenario = "scenario";

    /// <summary>Makes a server and its port; both are there when this returns.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="together">How many the request asked for: they are scheduled together or not at all.</param>
    /// <param name="asked">What the request asked for.</param>
    /// <param name="flavor">Its flavor.</param>
    /// <param name="hints">The scheduler's hints.</param>
    public string Make(string name, int together, JsonObject asked, JsonObject flavor, JsonNode? hints)
    {
        var id = Guid.NewGuid().ToString();
        var now = options.Now();
        var port = Guid.NewGuid().ToString();
        store.Put("servers", id, new JsonObject
        {
            ["id"] = id,
            ["name"] = name,
            ["status"] = "BUILD",
            ["tenant_id"] = Keystone.Project,
            ["metadata"] = asked["metadata"]?.DeepClone() ?? new JsonObject(),
            ["tags"] = asked["tags"]?.DeepClone() ?? new JsonArray(),
            ["key_name"] = (string?)asked["key_name"],
            ["image"] = new JsonObject { ["id"] = (string?)asked["imageRef"] },
            ["flavor"] = Json.Of(new
            {
                Vcpus = flavor["vcpus"], Ram = flavor["ram"], Disk = flavor["disk"], OriginalName = flavor["name"],
            }),
            ["os:scheduler_hints"] = hints?.DeepClone(),
            ["created"] = now,
            ["updated"] = now,
            ["addresses"] = new JsonObject(),
            ["OS-EXT-STS:task_state"] = "spawning",
            ["OS-EXT-STS:vm_state"] = "building",
            ["OS-EXT-STS:power_state"] = 0,
            ["scheduled_together"] = together,
            [Scenario] = options.Scenario,
            ["up_at"] = (options.Time.GetUtcNow() + options.BootTimeInScenario).ToUnixTimeMilliseconds(),
        });

        // The server first: a port without one would have no owner.
        store.Put("ports", port, Json.Of(new
        {
            Id = port,
            DeviceId = id,
            DeviceOwner = "compute:nova",
            NetworkId = Neutron.Internal,
            SecurityGroups = (asked["security_groups"]?.AsArray() ?? []).Select(group => group!["name"]),
            Status = "ACTIVE",
        }));
        return id;
    }

    /// <summary>A server as it is now; null when there is none, or no more.</summary>
    public JsonObject? Find(string id) => store.Find("servers", id) is { } server ? Advance(server) : null;

    /// <summary>Begins to delete a server; it is gone when next looked at. False when there is none.</summary>
    public bool Delete(string id)
    {
        if (store.Find("servers", id) is not { } server)
            return false;

        server["OS-EXT-STS:task_state"] = "deleting";
        store.Put("servers", id, server);
        return true;
    }

    /// <summary>The scenario in which the servers with a tag were made; null when there are none.</summary>
    public static string? ScenarioOf(Store store, string tag) => store.All("servers")
        .Where(server => IsTagged(server, tag))
        .Select(server => (string?)server[Scenario])
        .FirstOrDefault(scenario => scenario is not null);

    /// <summary>A page of the list with the asked-for tags.</summary>
    public JsonObject Page(HttpContext context)
    {
        var query = context.Request.Query;
        string[] tags = query["tags"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries);
        var limit = Math.Min(Digits.Number<int>(query["limit"]) ?? PageSize, PageSize);
        var marker = query["marker"].ToString();
        var all = store.All("servers").Select(Advance).OfType<JsonObject>()
            .Where(server => tags.All(tag => IsTagged(server, tag)))
            .Reverse() // newest first
            .SkipWhile(server => marker.Length > 0 && (string?)server["id"] != marker)
            .Skip(marker.Length > 0 ? 1 : 0)
            .ToList();
        var page = new JsonObject { ["servers"] = new JsonArray([.. all.Take(limit).Select(server => Shown(server, withFault: false))]) };
        if (all.Count > limit && limit > 0)
        {
            var next = $"{context.Request.Scheme}://{context.Request.Host}{context.Request.Path}"
                + $"?limit={limit}&marker={all[limit - 1]["id"]}&tags={string.Join(',', tags)}";
            page["servers_links"] = new JsonArray(new JsonObject { ["rel"] = "next", ["href"] = next });
        }

        return page;
    }

    /// <summary>A server as Nova shows it. A fault is shown of a single server, not in a list.</summary>
    public static JsonObject Shown(JsonObject server, bool withFault)
    {
        var shown = (JsonObject)server.DeepClone();
        shown.Remove("scheduled_together");
        shown.Remove("up_at");
        shown.Remove(Scenario);
        shown.Remove("os:scheduler_hints");
        if (!withFault)
            shown.Remove("fault");
        return shown;
    }

    private static bool IsTagged(JsonObject server, string tag) => server["tags"]!.AsArray().Any(own => (string?)own == tag);

    private JsonObject? Advance(JsonObject server)
    {
        var id = (string)server["id"]!;
        if ((string?)server["OS-EXT-STS:task_state"] == "deleting")
        {
            Remove(id);
            return null;
        }

        if ((string?)server["status"] == "BUILD" && options.Time.GetUtcNow().ToUnixTimeMilliseconds() >= (long)server["up_at"]!)
            Finish(server, id);
        return server;
    }

    private void Finish(JsonObject server, string id)
    {
        var failed = Fails(server);
        server["status"] = failed ? "ERROR" : "ACTIVE";
        server["OS-EXT-STS:task_state"] = null;
        server["OS-EXT-STS:vm_state"] = failed ? "error" : "active";
        server["OS-EXT-STS:power_state"] = failed ? 0 : 1;
        server["updated"] = options.Now();
        if (failed)
        {
            server["fault"] = Json.Of(new { Code = 500, Created = options.Now(), Message = "No valid host was found. " });
        }
        else
        {
            options.Hosts.Boot(id, Index(server));
            server["addresses"] = new JsonObject
            {
                ["internal"] = new JsonArray(new JsonObject
                {
                    ["version"] = 4,
                    ["addr"] = Neutron.Address("10.0", Index(server)),
                    ["OS-EXT-IPS:type"] = "fixed",
                    ["OS-EXT-IPS-MAC:mac_addr"] = "fa:16:3e:63:33:f9",
                }),
            };
        }

        store.Put("servers", id, server);
    }

    /// <summary>
    /// The second server finds no host: in the scenario server-error once, in no-host each time, and then nor do those that are scheduled
    /// with it.
    /// </summary>
    private bool Fails(JsonObject server)
    {
        if (options.Scenario == "no-host" && (Index(server) == 2 || (int)server["scheduled_together"]! > 1))
            return true;
        if (options.Scenario != "server-error" || Index(server) != 2 || store.Find("scenario", "server-error") is not null)
            return false;

        store.Put("scenario", "server-error", []);
        return true;
    }

    private void Remove(string id)
    {
        foreach (var port in store.All("ports").Where(port => (string?)port["device_id"] == id))
        {
            var portId = (string)port["id"]!;
            foreach (var floatingIp in store.All("floatingips").Where(floatingIp => (string?)floatingIp["port_id"] == portId))
            {
                // A floating IP outlives its server.
                floatingIp["port_id"] = null;
                floatingIp["status"] = "DOWN";
                store.Put("floatingips", (string)floatingIp["id"]!, floatingIp);
            }

            store.Remove("ports", portId);
        }

        options.Hosts.Delete(id);
        store.Remove("servers", id);
    }

    /// <summary>The number at the end of its name.</summary>
    private static int Index(JsonObject server)
    {
        var name = (string?)server["name"] ?? "";
        return Digits.Number<int>(name[(name.LastIndexOf('-') + 1)..]) ?? 0;
    }
}
