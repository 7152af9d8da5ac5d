namespace Rehearsal.OpenStack;

/// <summary>Knows the image of the default parameters.</summary>
internal static class Glance
{
    public const string Image = "da3d59a2-0cb3-4976-83e6-5dc3aaf99f18";

    public static void Map(WebApplication web) => web.MapGet("/image/v2/images", context => Answer.Ok(Json.Of(new
    {
        Images = new[]
        {
            new
            {
                Id = Image,
                Name = "Ubuntu-24.04-Noble",
                Status = "active",
                Visibility = "public",
                DiskFormat = "raw",
                ContainerFormat = "bare",
                MinRam = 0,
                MinDisk = 0,
                Size = 1024,
                CreatedAt = "2026-11-23T13:46:58Z",
                UpdatedAt = "2026-11-23T13:46:58Z",
                Tags = Array.Empty<string>(),
            },
        },
        First = "/v2/images",
        Schema = "/v2/schemas/images",
    })).WriteAsync(context));
}
