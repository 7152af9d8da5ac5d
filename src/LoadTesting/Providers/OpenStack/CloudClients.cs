using System.Collections.Concurrent;
using LoadTesting.Providers.OpenStack.Compute;
using LoadTesting.Providers.OpenStack.Credentials;
using LoadTesting.Providers.OpenStack.Http;
using LoadTesting.Providers.OpenStack.Identity;
using LoadTesting.Providers.OpenStack.Image;
using LoadTesting.Providers.OpenStack.Network;

namespace LoadTesting.Providers.OpenStack;

/// <summary>The clients of all resources over one connection.</summary>
internal sealed class CloudClients : IDisposable
{
    /// <summary>As many requests as a control plane takes at once without refusing.</summary>
    private const int AtOnce = 20;

    private readonly HttpClient _http;
    private readonly TokenClient _tokens;

    public CloudClients(OpenStackCredentials credentials, HttpMessageHandler network, IProgressLog log, TimeProvider time)
    {
        _http = Transport.Make(network, time);
        _tokens = new TokenClient(_http, credentials, time);
        Cloud = new CloudClient(_http, _tokens, log);
        Flavors = new(Cloud, CloudService.Compute, ComputeJson.Default, "flavors/detail", "flavor");
        Images = new(Cloud, CloudService.Image, ImageJson.Default, "images", "image");
        Networks = new(Cloud, CloudService.Network, NetworkJson.Default, "networks", "network");
        ServerGroups = new(Cloud, CloudService.Compute, ComputeJson.Default, "os-server-groups", "server_group");
        (Servers, KeyPairs) = (new(Cloud), new(Cloud));
        (Ports, FloatingIps, SecurityGroups) = (new(Cloud), new(Cloud), new(Cloud));
    }

    public CloudClient Cloud { get; }

    public ResourceClient<Flavor> Flavors { get; }

    public ResourceClient<CloudImage> Images { get; }

    public ResourceClient<CloudNetwork> Networks { get; }

    public ServerClient Servers { get; }

    public KeyPairClient KeyPairs { get; }

    public ResourceClient<ServerGroup> ServerGroups { get; }

    public PortClient Ports { get; }

    public FloatingIpClient FloatingIps { get; }

    public SecurityGroupClient SecurityGroups { get; }

    /// <summary>Sends a request for each item; fails with the first error when all have ended.</summary>
    public static async Task ForEachAsync<T>(IReadOnlyList<T> items, Func<T, CancellationToken, Task> request,
        CancellationToken cancellation)
    {
        var sent = new ConcurrentQueue<Task>();
        await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (item, token) =>
        {
            var one = request(item, token);
            sent.Enqueue(one);
            await one.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        await Task.WhenAll(sent);
    }

    public void Dispose()
    {
        _tokens.Dispose();
        _http.Dispose();
    }
}
