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
    private readonly HttpClient _http;
    private readonly TokenClient _tokens;

    public CloudClients(OpenStackCredentials credentials, HttpMessageHandler network, IProgressLog log, TimeProvider time)
    {
        _http = Transport.Make(network, time);
        _tokens = new TokenClient(_http, credentials, time);
        var cloud = new CloudClient(_http, _tokens, log);
        Cloud = cloud;
        (Flavors, Images, Networks) = (new FlavorClient(cloud), new ImageClient(cloud), new NetworkClient(cloud));
        AvailabilityZones = new AvailabilityZoneClient(cloud);
        (Servers, KeyPairs, ServerGroups) = (new ServerClient(cloud), new KeyPairClient(cloud), new ServerGroupClient(cloud));
        (Ports, FloatingIps, SecurityGroups) = (new PortClient(cloud), new FloatingIpClient(cloud), new SecurityGroupClient(cloud));
        (ComputeQuotas, NetworkQuotas) = (new ComputeQuotaClient(cloud), new NetworkQuotaClient(cloud));
    }

    public CloudClient Cloud { get; }

    public FlavorClient Flavors { get; }

    public AvailabilityZoneClient AvailabilityZones { get; }

    public ImageClient Images { get; }

    public NetworkClient Networks { get; }

    public ServerClient Servers { get; }

    public KeyPairClient KeyPairs { get; }

    public ServerGroupClient ServerGroups { get; }

    public PortClient Ports { get; }

    public FloatingIpClient FloatingIps { get; }

    public SecurityGroupClient SecurityGroups { get; }

    public ComputeQuotaClient ComputeQuotas { get; }

    public NetworkQuotaClient NetworkQuotas { get; }

    public void Dispose()
    {
        _tokens.Dispose();
        _http.Dispose();
    }
}
