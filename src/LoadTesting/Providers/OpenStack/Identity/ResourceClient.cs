using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace LoadTesting.Providers.OpenStack.Identity;

/// <summary>
/// Asks for resources of one kind and changes them. Every body names the kind: <c>{"server": {}}</c> has one, <c>{"servers": []}</c> many.
/// </summary>
/// <param name="cloud">The cloud.</param>
/// <param name="service">The service that has them.</param>
/// <param name="json">How they are read and written.</param>
/// <param name="path">The path of all of them.</param>
/// <param name="kind">What one is called in a body.</param>
internal class ResourceClient<T>(CloudClient cloud, CloudService service, JsonSerializerContext json, string path, string kind)
{
    protected CloudClient Cloud { get; } = cloud;

    public virtual Task<IReadOnlyList<T>> ListAsync(CancellationToken cancellation) => ListAsync<T>(path, cancellation);

    public Task<T> GetAsync(string id, CancellationToken cancellation) =>
        Cloud.GetAsync(service, PathOf(id), body => body.One(kind, Type<T>()), cancellation);

    public Task<T> CreateAsync<TOptions>(TOptions options, CancellationToken cancellation) =>
        PostAsync<T>(BodyOf(options), cancellation);

    public Task DeleteAsync(string id, CancellationToken cancellation) => Cloud.DeleteAsync(service, PathOf(id), cancellation);

    /// <summary>Follows the pages to the end. Only the query of the next page is taken: behind a proxy its host may be wrong.</summary>
    protected async Task<IReadOnlyList<TItem>> ListAsync<TItem>(string first, CancellationToken cancellation)
    {
        var (items, read) = (new List<TItem>(), new HashSet<string>());
        for (var next = first; next is not null;)
        {
            if (!read.Add(next))
                throw new LoadTestException($"The pages of {first.Split('?')[0]} lead in a circle: {next} comes twice.");
            var (page, link) = await Cloud.GetAsync(
                service, next, body => (body.Many($"{kind}s", Type<TItem>()), body.Next($"{kind}s")), cancellation);
            items.AddRange(page);
            next = page.Count > 0 && link?.IndexOf('?', Ordinal) is > 0 and var at
                ? first.Split('?')[0] + link[at..]
                : null;
        }

        return items;
    }

    protected Task<TAnswer> PostAsync<TAnswer>(JsonObject body, CancellationToken cancellation) =>
        Cloud.PostAsync(service, path, body, answer => answer.One(kind, Type<TAnswer>()), cancellation);

    protected Task UpdateAsync(string id, JsonObject changes, CancellationToken cancellation) =>
        Cloud.PutAsync(service, PathOf(id), new JsonObject { [kind] = changes }, cancellation);

    protected JsonObject BodyOf<TOptions>(TOptions options) =>
        new() { [kind] = JsonSerializer.SerializeToNode(options, Type<TOptions>()) };

    private string PathOf(string id) => $"{path}/{Uri.EscapeDataString(id)}";

    private JsonTypeInfo<TBody> Type<TBody>() => (JsonTypeInfo<TBody>)json.GetTypeInfo(typeof(TBody))!;
}
