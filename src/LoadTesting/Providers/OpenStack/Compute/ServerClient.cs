using LoadTesting.Providers.OpenStack.Identity;

namespace LoadTesting.Providers.OpenStack.Compute;

/// <summary>Nova's servers.</summary>
internal sealed class ServerClient(CloudClient cloud)
{
    private static readonly ComputeJson Json = ComputeJson.Default;

    /// <summary>The servers with a tag. A cloud may ignore the filter: whoever deletes checks the mark.</summary>
    /// <returns>Each once, also one that moved from page to page.</returns>
    public async Task<IReadOnlyList<Server>> ListAsync(string tag, CancellationToken cancellation) =>
        [.. (await cloud.ListAsync<ServerPage, Server>(CloudService.Compute, $"servers/detail?tags={Uri.EscapeDataString(tag)}",
            Json.ServerPage, cancellation)).DistinctBy(server => server.Id, StringComparer.Ordinal)];

    public async Task<Server> GetAsync(string id, CancellationToken cancellation) =>
        (await cloud.GetAsync(CloudService.Compute, $"servers/{id}", Json.ServerAnswer, cancellation)).Server;

    /// <returns>The id of the first.</returns>
    public async Task<string> CreateAsync(ServerRequest request, CancellationToken cancellation) =>
        (await cloud.PostAsync(CloudService.Compute, "servers", (request, Json.ServerRequest), Json.CreatedServer, cancellation)).Server.Id;

    public Task RenameAsync(string id, string name, CancellationToken cancellation) =>
        cloud.PutAsync(CloudService.Compute, $"servers/{id}", (new RenameRequest(new ServerName(name)), Json.RenameRequest), cancellation);

    public Task DeleteAsync(string id, CancellationToken cancellation) =>
        cloud.DeleteAsync(CloudService.Compute, $"servers/{id}", cancellation);

    public async Task<string> ConsoleAsync(string id, CancellationToken cancellation) =>
        (await cloud.PostAsync(
            CloudService.Compute, $"servers/{id}/action", (new ConsoleRequest(new ConsoleOptions(null)), Json.ConsoleRequest),
                Json.ConsoleOutput, cancellation)).Output;
}
