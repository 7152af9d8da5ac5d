using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace Rehearsal.OpenStack;

/// <summary>Knows the image of the default parameters.</summary>
internal static class Glance
{
    public const string Image = "da3d59a2-0cb3-4976-83e6-5dc3aaf99f18";

    public static void Map(WebApplication web) => web.MapGet("/image/v2/images", context => Answer.Ok(new JsonObject
    {
        ["images"] = new JsonArray(new JsonObject
        {
            ["id"] = Image,
            ["name"] = "Ubuntu-24.04-Noble",
            ["status"] = "active",
            ["visibility"] = "public",
            ["disk_format"] = "raw",
            ["container_format"] = "bare",
            ["min_ram"] = 0,
            ["min_disk"] = 0,
            ["size"] = 1024,
            ["created_at"] = "2026-11-23T13:46:58Z",
            ["updated_at"] = "2026-11-23T13:46:58Z",
            ["tags"] = new JsonArray(),
        }),
        ["first"] = "/v2/images",
        ["schema"] = "/v2/schemas/images",
    }).WriteAsync(context));
}
