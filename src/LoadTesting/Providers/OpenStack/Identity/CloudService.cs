using System.Text.RegularExpressions;

namespace LoadTesting.Providers.OpenStack.Identity;

/// <summary>A service in Keystone's catalogue, and what must stand at the end of its address.</summary>
/// <param name="Type">Its type in the catalogue.</param>
/// <param name="Version">The version to add where the catalogue names none.</param>
/// <param name="Microversion">The header that pins the version of every call; null where the service has none.</param>
internal sealed partial record CloudService(string Type, string Version, string? Microversion)
{
    /// <summary>Nova. 2.60 is what Queens (2018) has; tags on create need 2.52.</summary>
    public static readonly CloudService Compute = new("compute", "v2.1", "compute 2.60");

    /// <summary>Neutron.</summary>
    public static readonly CloudService Network = new("network", "v2.0", null);

    /// <summary>Glance.</summary>
    public static readonly CloudService Image = new("image", "v2", null);

    /// <summary>The address to put paths after, whichever form the catalogue has: with or without version, project id, slash.</summary>
    /// <exception cref="LoadTestException">It is no URL of http or https.</exception>
    public Uri Root(string catalogued)
    {
        var url = catalogued.TrimEnd('/');
        return Uri.TryCreate((HasVersion().IsMatch(url) ? url : $"{url}/{Version}") + "/", UriKind.Absolute, out var root)
            && root.Scheme is "http" or "https"
            ? root
            : throw LoadTestException.Invalid(
                $"The cloud's catalogue has '{catalogued}' as the address of its {Type} service; expected a URL of http or https",
                "The cloud's administrator can correct it; openstack endpoint list shows it.");
    }

    [GeneratedRegex(@"/v\d+(\.\d+)?(/|$)", RegexOptions.ExplicitCapture)]
    private static partial Regex HasVersion();
}
