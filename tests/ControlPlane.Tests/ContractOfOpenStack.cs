using LoadTesting.Hosts.Ssh;
using LoadTesting.Providers;
using LoadTesting.Providers.OpenStack;

namespace ControlPlane.Tests;

/// <summary>Servers of a real OpenStack keep to the contract of providers.</summary>
[Collection(nameof(RealCloud))]
public sealed class ContractOfOpenStack(RealCloud cloud) : ProviderContract
{
    public override ValueTask InitializeAsync()
    {
        cloud.Require();
        return base.InitializeAsync();
    }

    protected override Task<FleetEnvironment> OpenAsync(ProviderContext context)
    {
        var fleet = context.Parameters.Fleet with { BootTimeout = TimeSpan.FromMinutes(5) };
        var ssh = new SshParameters { MadeKeys = Path.Combine(Folder, "keys") };
        return new OpenStackProvider(new OpenStackParameters { RcFile = cloud.RcFile, FloatingNetwork = null }, ssh)
            .OpenAsync(context with { Parameters = context.Parameters with { Fleet = fleet } }, Cancellation);
    }
}
