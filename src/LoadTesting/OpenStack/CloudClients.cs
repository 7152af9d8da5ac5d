using LoadTesting.OpenStack.Compute.AvailabilityZones;
using LoadTesting.OpenStack.Compute.Flavors;
using LoadTesting.OpenStack.Compute.KeyPairs;
using LoadTesting.OpenStack.Compute.Quotas;
using LoadTesting.OpenStack.Compute.ServerGroups;
using LoadTesting.OpenStack.Compute.Servers;
using LoadTesting.OpenStack.Credentials;
using LoadTesting.OpenStack.Http;
using LoadTesting.OpenStack.Identity.Tokens;
using LoadTesting.OpenStack.Image.Images;
using LoadTesting.OpenStack.Network.FloatingIps;
using LoadTesting.OpenStack.Network.Networks;
using LoadTesting.OpenStack.Network.Ports;
using LoadTesting.OpenStack.Network.Quotas;
using LoadTesting.OpenStack.Network.SecurityGroups;

namespace LoadTesting.OpenStack;

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
