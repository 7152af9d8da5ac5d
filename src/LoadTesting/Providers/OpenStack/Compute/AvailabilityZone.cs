using System.Text.Json.Serialization;
using LoadTesting.Providers.OpenStack.Identity;

namespace LoadTesting.Providers.OpenStack.Compute;

/// <summary>A part of the cloud that fails on its own, as GET /os-availability-zone lists it.</summary>
internal sealed record AvailabilityZone(
    [property: JsonPropertyName("zoneName")] string Name, [property: JsonPropertyName("zoneState")] AvailabilityZoneState State);

internal sealed record AvailabilityZoneState(bool Available);

internal sealed record AvailabilityZoneList([property: JsonPropertyName("availabilityZoneInfo")] IReadOnlyList<AvailabilityZone> Zones);

/// <summary>Nova's availability zones.</summary>
internal sealed class AvailabilityZoneClient(CloudClient cloud)
{
    /// <summary>Those that take servers.</summary>
    public async Task<IReadOnlyList<AvailabilityZone>> ListAsync(CancellationToken cancellation) =>
    [
        .. (await cloud.GetAsync(CloudService.Compute, "os-availability-zone", ComputeJson.Default.AvailabilityZoneList,
            cancellation)).Zones.Where(zone => zone.State.Available),
    ];
}
