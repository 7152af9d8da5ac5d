using System.Text.Json.Serialization;
using LoadTesting.OpenStack.Http;

namespace LoadTesting.OpenStack.Image.Images;

/// <summary>What a server boots from; needs RAM in MB, disk in GB.</summary>
internal sealed record CloudImage(string Id, string Name, string Status, int MinRam, int MinDisk, DateTimeOffset CreatedAt);

internal sealed record ImagePage(IReadOnlyList<CloudImage> Images) : IPage<CloudImage>
{
    public string? Next { get; init; }

    [JsonIgnore]
    public IReadOnlyList<CloudImage> Items => Images;
}

/// <summary>Glance's images.</summary>
internal sealed class ImageClient(CloudClient cloud)
{
    public Task<IReadOnlyList<CloudImage>> ListAsync(CancellationToken cancellation) =>
        cloud.ListAsync<ImagePage, CloudImage>(CloudService.Image, "images", OpenStackJson.Default.ImagePage, cancellation);
}
