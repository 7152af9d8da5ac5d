using LoadTesting.Providers.OpenStack.Compute;

namespace LoadTesting.Providers.OpenStack.Image;

/// <summary>What a server boots from; needs RAM in MB, disk in GB.</summary>
internal sealed record CloudImage(string Id, string Name, string Status, int MinRam, int MinDisk, DateTimeOffset CreatedAt)
{
    /// <summary>
    /// The active images that a name or an id can mean: clouds keep older ones under the same name, of which the newest counts.
    /// </summary>
    public static IReadOnlyList<CloudImage> Candidates(string wanted, IReadOnlyList<CloudImage> images)
    {
        var active = images.Where(image => image.Status == "active").ToList();
        return active.Exists(image => image.Id == wanted)
            ? active
            : [.. active.GroupBy(image => image.Name)
                .Select(sameName => sameName.MaxBy(image => image.CreatedAt)!)];
    }

    /// <summary>
    /// What a flavor has too little of to boot this image. A flavor without a disk boots from one of the size that the image needs.
    /// </summary>
    public IEnumerable<string> LackedBy(Flavor flavor)
    {
        if (flavor.Ram < MinRam)
            yield return $"--instance-flavor: got '{flavor.Name}' with {flavor.Ram} MB of RAM; expected at least {MinRam}, as image "
                + $"{Name} needs";
        if (flavor.Disk > 0 && flavor.Disk < MinDisk)
            yield return $"--instance-flavor: got '{flavor.Name}' with {flavor.Disk} GB of disk; expected at least {MinDisk}, as image "
                + $"{Name} needs";
    }
}
