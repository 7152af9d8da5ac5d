using System.Globalization;
using LoadTesting.Fleet;
using LoadTesting.OpenStack.Compute.Flavors;
using LoadTesting.OpenStack.Image.Images;
using LoadTesting.OpenStack.Network.Networks;

namespace LoadTesting.OpenStack;

/// <summary>The fleet that is wanted, with everything it needs found in the cloud by name or id.</summary>
/// <param name="Flavor">Size of the servers.</param>
/// <param name="Image">What they boot from.</param>
/// <param name="Network">What they are plugged into.</param>
/// <param name="FloatingNetwork">Where floating IPs come from; null: none.</param>
internal sealed record WantedFleet(Flavor Flavor, CloudImage Image, CloudNetwork Network, CloudNetwork? FloatingNetwork)
{
    /// <summary>Looks all names up at once.</summary>
    /// <exception cref="LoadTestException">One of them is not there; every such name is in the message.</exception>
    public static async Task<WantedFleet> FindAsync(CloudClients clients, OpenStackParameters parameters, CancellationToken cancellation)
    {
        var (flavors, images, networks) = (clients.Flavors.ListAsync(cancellation), clients.Images.ListAsync(cancellation), clients.Networks.ListAsync(cancellation));
        await Task.WhenAll(flavors, images, networks);
        var wrong = new List<string>();
        T? Find<T>(string parameter, string wanted, IReadOnlyList<T> things, Func<T, (string, string)> named)
            where T : class
        {
            try
            {
                return Choice.Of(parameter, wanted, things, named);
            }
            catch (LoadTestException error)
            {
                wrong.Add(error.Message);
                return null;
            }
        }

        var flavor = Find("--instance-flavor", parameters.Flavor, await flavors, flavor => (flavor.Id, flavor.Name));
        var image = Find("--image", parameters.Image, CloudImage.Candidates(parameters.Image, await images), image => (image.Id, image.Name));
        var network = Find("--network", parameters.Network, await networks, network => (network.Id, network.Name));
        var floating = parameters.FloatingNetwork is { } name
            ? Find("--floating-network", name, [.. (await networks).Where(network => network.External)], network => (network.Id, network.Name))
            : null;
        if (flavor is not null && image is not null)
            wrong.AddRange(image.LackedBy(flavor));
        return wrong.Count == 0
            ? new WantedFleet(flavor!, image!, network!, floating)
            : throw LoadTestException.Invalid(string.Join(Environment.NewLine, wrong), "Nothing was created.");
    }

    /// <summary>Compares what is still to be made with the project's quotas.</summary>
    /// <exception cref="LoadTestException">It does not fit; every shortfall is in the message.</exception>
    public async Task RequireQuotaAsync(CloudClients clients, (int Servers, int FloatingIps, int SecurityGroups) missing, CancellationToken cancellation)
    {
        var project = (await clients.Cloud.TokenAsync(cancellation)).Project.Id;
        var (computing, networking) = (clients.ComputeQuotas.GetAsync(project, cancellation), clients.NetworkQuotas.GetAsync(project, cancellation));
        var (compute, network) = (await computing, await networking);
        (string What, int Need, int Used, int Limit)[] rows =
        [
            ("instances", missing.Servers, compute.Instances.InUse + compute.Instances.Reserved, compute.Instances.Limit),
            ("cores", missing.Servers * Flavor.Vcpus, compute.Cores.InUse + compute.Cores.Reserved, compute.Cores.Limit),
            ("RAM in MB", missing.Servers * Flavor.Ram, compute.Ram.InUse + compute.Ram.Reserved, compute.Ram.Limit),
            ("ports", missing.Servers, network.Port.Used + network.Port.Reserved, network.Port.Limit),
            ("floating IPs", FloatingNetwork is null ? 0 : missing.FloatingIps, network.Floatingip.Used + network.Floatingip.Reserved, network.Floatingip.Limit),
            ("security groups", missing.SecurityGroups, network.SecurityGroup.Used + network.SecurityGroup.Reserved, network.SecurityGroup.Limit),
        ];
        var lacking = rows.Where(row => row.Limit >= 0 && row.Need > row.Limit - row.Used).ToList();
        if (lacking.Count > 0)
        {
            throw LoadTestException.Invalid(
                "The project's quota is too small:" + string.Concat(lacking.Select(row => string.Create(
                    CultureInfo.InvariantCulture, $"{Environment.NewLine}  {row.What}: {row.Need} more are needed, {row.Used} of {row.Limit} are in use"))),
                "Nothing was created. Ask for a larger quota, or use a smaller --instance-count or --instance-flavor.");
        }
    }
}
