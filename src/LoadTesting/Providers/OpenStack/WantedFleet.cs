using LoadTesting.Providers.OpenStack.Compute;
using LoadTesting.Providers.OpenStack.Image;
using LoadTesting.Providers.OpenStack.Network;

namespace LoadTesting.Providers.OpenStack;

/// <summary>The fleet that is wanted, with everything it needs found in the cloud by name or id.</summary>
/// <param name="Flavor">Size of the servers.</param>
/// <param name="Image">What they boot from.</param>
/// <param name="Network">What they are plugged into.</param>
/// <param name="FloatingNetwork">Where floating IPs come from; null: none.</param>
internal sealed record WantedFleet(Flavor Flavor, CloudImage Image, CloudNetwork Network, CloudNetwork? FloatingNetwork)
{
    /// <summary>Looks all names up at once.</summary>
    /// <exception cref="LoadTestException">One of them does not exist; every such name is in the message.</exception>
    public static async Task<WantedFleet> FindAsync(CloudClients clients, OpenStackParameters parameters, CancellationToken cancellation)
    {
        var (flavors, images, networks) =
            (clients.Flavors.ListAsync(cancellation), clients.Images.ListAsync(cancellation), clients.Networks.ListAsync(cancellation));
        await Task.WhenAll(flavors, images, networks);
        var wrong = new List<string>();
        T? Find<T>(string parameter, string wanted, IReadOnlyList<T> things, Func<T, (string, string)> named)
            where T : class
        {
            try
            {
                return NameOrId.Of(parameter, wanted, things, named);
            }
            catch (LoadTestException error)
            {
                wrong.Add(error.Message);
                return null;
            }
        }

        var flavor = Find("--instance-flavor", parameters.Flavor, await flavors, flavor => (flavor.Id, flavor.Name));
        var image = Find("--image", parameters.Image, CloudImage.Candidates(parameters.Image, await images),
            image => (image.Id, image.Name));
        var network = Find("--network", parameters.Network, await networks, network => (network.Id, network.Name));
        var floating = parameters.FloatingNetwork is { } name
            ? Find("--floating-network", name, [.. (await networks).Where(network => network.External)],
                network => (network.Id, network.Name))
            : null;
        if (parameters.AvailabilityZone is { } zoneName)
            Find("--availability-zone", zoneName, await AvailabilityZone.ListAsync(clients.Cloud, cancellation),
                zone => (zone.Name, zone.Name));
        if (flavor is not null && image is not null)
            wrong.AddRange(image.LackedBy(flavor));
        return wrong.Count == 0
            ? new WantedFleet(flavor!, image!, network!, floating)
            : throw LoadTestException.Invalid(string.Join(Environment.NewLine, wrong), "Nothing was created.");
    }

    /// <summary>In what a server of the fleet differs from what is wanted, in words; null: in nothing.</summary>
    public string? DifferenceOf(Server server)
    {
        string?[] differences =
        [
            Difference("flavor", server.Flavor?.OriginalName, Flavor.Name),
            Difference("image", server.ImageId, Image.Id),
            server.Addresses.Count == 0 || server.Addresses.ContainsKey(Network.Name)
                ? null
                : Difference("network", server.Addresses.Keys.Listed(), Network.Name),
        ];
        var words = string.Join("; ", differences.OfType<string>());
        return words.Length == 0 ? null : words;
    }

    /// <summary>An existing fleet is completed, not changed behind its owner's back.</summary>
    /// <exception cref="LoadTestException">Servers differ from what is wanted, and <c>--replace</c> was not given.</exception>
    public void RequireFit(FleetInCloud existing, bool replace)
    {
        var different = existing.Servers.Where(server => !server.IsGoing).Select(server => (server.Name, What: DifferenceOf(server)))
            .Where(entry => entry.What is not null).ToList();
        if (different.Count > 0 && !replace)
        {
            throw LoadTestException.Invalid(
                "The fleet exists already, and differs from the parameters:"
                    + string.Concat(different.Take(10).Select(entry => $"{Environment.NewLine}  {entry.Name} has {entry.What}"))
                + (different.Count > 10 ? $"{Environment.NewLine}  and {different.Count - 10} more" : ""),
                "Nothing was changed. --replace recreates those servers; --fleet with another name creates a second fleet.");
        }
    }

    private static string? Difference(string what, string? existing, string wanted) =>
        existing is null || existing == wanted ? null : $"{what} {existing}, not {wanted}";
}
