using LoadTesting.Providers.OpenStack.Identity;

namespace LoadTesting.Providers.OpenStack.Compute;

/// <summary>A part of the cloud that fails on its own, as GET /os-availability-zone lists it.</summary>
internal sealed record AvailabilityZone(
    [property: JsonPropertyName("zoneName")] string Name, [property: JsonPropertyName("zoneState")] AvailabilityZoneState State)
{
    /// <summary>Those that take servers.</summary>
    public static async Task<IReadOnlyList<AvailabilityZone>> ListAsync(CloudClient cloud, CancellationToken cancellation) =>
    [
        .. (await cloud.GetAsync(CloudService.Compute, "os-availability-zone",
            body => body.Many("availabilityZoneInfo", ComputeJson.Default.AvailabilityZone), cancellation))
            .Where(zone => zone.State.Available),
    ];
}

internal sealed record AvailabilityZoneState(bool Available);
