using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LoadTesting.Providers.OpenStack;
using LoadTesting.Providers.OpenStack.Credentials;
using Rehearsal.Hosts;
using Rehearsal.OpenStack;

namespace ControlPlane.Tests;

/// <summary>
/// The same conversation with the embedded cloud and with a real control plane: same statuses in the same order, and nothing in an
/// answer of the embedded one that the real one does not say in the same place and with the same type.
/// </summary>
[Collection(nameof(RealCloud))]
public sealed class EmbeddedCloudIsLikeTheRealOne(RealCloud cloud) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task In_status_shape_and_order()
    {
        cloud.Require();
        await using var embedded = await EmbeddedCloud.StartAsync(
            new EmbeddedCloudOptions { Directory = _folder.FullName,
                Hosts = new HostFolders(Path.Combine(_folder.FullName, "hosts"), "healthy") }, Cancellation);
        var credentials = CredentialSource.Find(new OpenStackParameters { RcFile = cloud.RcFile },
            new Dictionary<string, string>(StringComparer.Ordinal), "/", _ => "");

        var ours = await TalkAsync(embedded.Credentials);
        var theirs = await TalkAsync(credentials);

        ours.Select(answer => $"{answer.Call}: {answer.Status}").ShouldBe(theirs.Select(answer => $"{answer.Call}: {answer.Status}"));
        foreach (var (our, their) in ours.Zip(theirs))
            our.Shape.Except(their.Shape)
                .ShouldBeEmpty($"{our.Call}: what the real cloud does not say; it says {string.Join(", ", their.Shape)}");
    }

    private static async Task<IReadOnlyList<Answered>> TalkAsync(OpenStackCredentials credentials)
    {
        using var talk = new Conversation(credentials);
        await talk.LogInAsync("not the password");
        var project = await talk.LogInAsync(((PasswordLogin)credentials.Login).Password.Reveal());

        var flavor = Id(await talk.SayAsync("GET", "compute", "flavors/detail"), "flavors", "c1.large");
        var image = Id(await talk.SayAsync("GET", "image", "images"), "images", "Ubuntu-24.04-Noble");
        var networks = await talk.SayAsync("GET", "network", "networks");
        var (network, external) = (Id(networks, "networks", "internal"), Id(networks, "networks", "public"));
        await talk.SayAsync("GET", "compute", "os-availability-zone");
        await talk.SayAsync("GET", "compute", $"os-quota-sets/{project}/detail");
        await talk.SayAsync("GET", "network", $"quotas/{project}/details.json");
        await talk.SayAsync("GET", "compute", "flavors/detail", version: "2.999");

        const string key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK7m78J9jDWQ7Bifq8AneYEKOjC3A0gI+gxYfTf3eEqh contract";
        for (var twice = 0; twice < 2; twice++)
            await talk.SayAsync("POST", "compute", "os-keypairs", new { keypair = new { name = "contract", public_key = key } });
        await talk.SayAsync("GET", "compute", "os-keypairs");

        var group = (string)(
            await talk.SayAsync("POST", "network", "security-groups",
            new { security_group = new { name = "contract", description = "a contract" } }))["security_group"]!["id"]!;
        for (var twice = 0; twice < 2; twice++)
        {
            await talk.SayAsync("POST", "network", "security-group-rules", new
            {
                security_group_rule =
                    new { security_group_id = group, protocol = "tcp", port_range_min = 22, port_range_max = 22,
                    remote_ip_prefix = "192.0.2.0/24", direction = "ingress", ethertype = "IPv4" },
            });
        }

        var spread = (string)(
            await talk.SayAsync("POST", "compute", "os-server-groups",
            new { server_group = new { name = "contract", policies = new[] { "soft-anti-affinity" } } }))["server_group"]!["id"]!;
        object Server(string flavorRef, string imageRef, string networkId, string keyName, string? zone = null) => new
        {
            server = new
            {
                name = "contract-01", flavorRef, imageRef, key_name = keyName,
                networks = new[] { new { uuid = networkId } }, security_groups = new[] { new { name = group } },
                metadata = new { loadtest_fleet = "contract" }, tags = new[] { "contract" }, availability_zone = zone,
            },
        };
        await talk.SayAsync("POST", "compute", "servers", Server("nosuch", image, network, "contract"));
        await talk.SayAsync("POST", "compute", "servers", Server(flavor, Guid.Empty.ToString(), network, "contract"));
        await talk.SayAsync("POST", "compute", "servers", Server(flavor, image, network, "nosuch"));
        await talk.SayAsync("POST", "compute", "servers", Server(flavor, image, network, "contract", "mars"));
        var server = (string)(await talk.SayAsync("POST", "compute", "servers", Server(flavor, image, network, "contract")))["server"]![
            "id"]!;
        await talk.UntilAsync($"servers/{server}", answer => (string?)answer["server"]!["status"] == "ACTIVE");
        await talk.SayAsync("GET", "compute", $"servers/{server}");
        await talk.SayAsync("GET", "compute", "servers/detail?tags=contract");
        await talk.SayAsync("POST", "compute", $"servers/{server}/action",
            new Dictionary<string, object>(StringComparer.Ordinal) { ["os-getConsoleOutput"] = new { } });
        var ports = (await talk.SayAsync("GET", "network", $"ports?network_id={network}&device_id={server}"))["ports"]!.AsArray();
        await talk.SayAsync("DELETE", "network", $"security-groups/{group}");

        var floatingIp = (string)(await talk.SayAsync("POST", "network", "floatingips", new
        {
            floatingip = new { floating_network_id = external, port_id = (string?)ports[0]!["id"], description = "a contract" },
        }))["floatingip"]!["id"]!;
        await talk.SayAsync("GET", "network", "floatingips");
        await talk.SayAsync("DELETE", "compute", $"servers/{server}");
        await talk.UntilAsync("servers/detail?tags=contract", answer => answer["servers"]!.AsArray().Count == 0);
        await talk.SayAsync("GET", "compute", $"servers/{server}");
        await talk.SayAsync("DELETE", "compute", $"servers/{server}");
        foreach (var path in new[] { $"floatingips/{floatingIp}", $"security-groups/{group}" })
        {
            await talk.SayAsync("DELETE", "network", path);
            await talk.SayAsync("DELETE", "network", path);
        }

        foreach (var path in new[] { "os-keypairs/contract", $"os-server-groups/{spread}" })
        {
            await talk.SayAsync("DELETE", "compute", path);
            await talk.SayAsync("DELETE", "compute", path);
        }

        return talk.Answers;
    }

    private static string Id(JsonNode answer, string kind, string name) =>
        (string)answer[kind]!.AsArray().First(thing => (string?)thing!["name"] == name)!["id"]!;

    /// <summary>What was asked, without ids, and what was answered: the status and every place in the body with its type.</summary>
    private sealed record Answered(string Call, int Status, IReadOnlySet<string> Shape);

    private sealed class Conversation(OpenStackCredentials credentials) : IDisposable
    {
        private readonly HttpClient _http = new();
        private readonly List<Answered> _answers = [];
        private JsonArray _catalog = [];

        public IReadOnlyList<Answered> Answers => _answers;

        public void Dispose() => _http.Dispose();

        /// <summary>Logs in; the id of the project.</summary>
        public async Task<string?> LogInAsync(string password)
        {
            var (user, project) = (((PasswordLogin)credentials.Login).User, credentials.Project!);
            object Domain(IdentityReference thing) => thing.DomainId is { } id ? new { id } : new { name = thing.DomainName };
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(credentials.AuthUrl, "auth/tokens"))
            {
                Content = Json(new
                {
                    auth = new
                    {
                        identity = new { methods = new[] { "password" },
                            password = new { user = new { name = user.Name, domain = Domain(user), password } } },
                        scope = new { project = new { name = project.Name, domain = Domain(project) } },
                    },
                }),
            };
            using var answer = await _http.SendAsync(request, Cancellation);
            var body = await NoteAsync("POST auth/tokens", answer);
            if (!answer.IsSuccessStatusCode)
                return null;

            _http.DefaultRequestHeaders.Add("X-Auth-Token", answer.Headers.GetValues("X-Subject-Token").Single());
            _catalog = body["token"]!["catalog"]!.AsArray();
            return (string)body["token"]!["project"]!["id"]!;
        }

        public async Task<JsonNode> SayAsync(string method, string service, string path, object? body = null, string version = "2.60")
        {
            using var answer = await SendAsync(method, service, path, body, version);
            return await NoteAsync(
                $"{method} {service}/{string.Join('/', path.Split('?')[0].Split('/').Select(part => part.Length > 30 ? "ID" : part))}",
                answer);
        }

        /// <summary>Asks Nova, unnoted, until it holds.</summary>
        public async Task UntilAsync(string path, Func<JsonNode, bool> holds)
        {
            for (var tries = 0; tries < 240; tries++)
            {
                using var answer = await SendAsync("GET", "compute", path, null, "2.60");
                if (holds(JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!))
                    return;
                await Task.Delay(TimeSpan.FromMilliseconds(500), Cancellation);
            }

            throw new TimeoutException(path);
        }

        private async Task<HttpResponseMessage> SendAsync(string method, string service, string path, object? body, string version)
        {
            var root = ((string)_catalog.First(entry => (string?)entry!["type"] == service)!["endpoints"]!.AsArray()
                .First(endpoint => (string?)endpoint!["interface"] == "public")!["url"]!).TrimEnd('/');
            var needed = service switch { "network" => "/v2.0", "image" => "/v2", _ => "/v2.1" };
            using var request = new HttpRequestMessage(new HttpMethod(method),
                $"{(root.EndsWith(needed, StringComparison.Ordinal) ? root : root + needed)}/{path}");
            request.Headers.Add("OpenStack-API-Version", $"compute {version}");
            request.Content = body is null ? null : Json(body);
            return await _http.SendAsync(request, Cancellation);
        }

        private async Task<JsonNode> NoteAsync(string call, HttpResponseMessage answer)
        {
            var text = await answer.Content.ReadAsStringAsync(Cancellation);
            var body = text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
            _answers.Add(new Answered(call, (int)answer.StatusCode, Places("", body).ToHashSet(StringComparer.Ordinal)));
            return body;
        }

        private static IEnumerable<string> Places(string at, JsonNode? node) => node switch
        {
            JsonObject thing => thing.SelectMany(property => Places($"{at}.{property.Key}", property.Value)),
            JsonArray list => list.SelectMany(item => Places($"{at}[]", item)),
            null => [], // says no type
            _ => [$"{at} {(node.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? "Boolean" : node.GetValueKind())}"],
        };

        private static StringContent Json(object body) =>
            new(JsonSerializer.Serialize(body, Options), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

        private static readonly JsonSerializerOptions Options =
            new() { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };
    }
}
