using System.Text.Json.Nodes;
using LoadTesting.Providers.OpenStack.Identity;

namespace LoadTesting.Providers.OpenStack.Compute;

/// <summary>Nova's servers.</summary>
internal sealed class ServerClient(CloudClient cloud)
    : ResourceClient<Server>(cloud, CloudService.Compute, ComputeJson.Default, "servers", "server")
{
    /// <summary>The servers with a tag. A cloud may ignore the filter: to delete, check the ownership tag first.</summary>
    /// <returns>Each once, also one that moved from page to page.</returns>
    public async Task<IReadOnlyList<Server>> ListAsync(string tag, CancellationToken cancellation) =>
        [.. (await ListAsync<Server>($"servers/detail?tags={Uri.EscapeDataString(tag)}", cancellation))
            .DistinctBy(server => server.Id)];

    /// <summary>Asks for servers, in a server group where one is named.</summary>
    public Task CreateAsync(ServerOptions options, string? group, CancellationToken cancellation)
    {
        var body = BodyOf(options);
        if (group is not null)
            body["os:scheduler_hints"] = new JsonObject { ["group"] = group };
        return PostAsync<ServerId>(body, cancellation);
    }

    public Task RenameAsync(string id, string name, CancellationToken cancellation) =>
        UpdateAsync(id, new JsonObject { ["name"] = name }, cancellation);

    public Task<string> ConsoleAsync(string id, CancellationToken cancellation) =>
        Cloud.PostAsync(CloudService.Compute, $"servers/{id}/action", new JsonObject { ["os-getConsoleOutput"] = new JsonObject() },
            body => body.One("output", ComputeJson.Default.String), cancellation);
}
