using k8s.Models;

namespace LoadTesting.Cluster;

/// <summary>A text that a container is given: the ConfigMap or the Secret that holds it, and under which key.</summary>
/// <param name="IsSecret">Whether it is a Secret's.</param>
/// <param name="Name">Name of the ConfigMap or Secret.</param>
/// <param name="Key">The key in its data.</param>
internal sealed record MountedFile(bool IsSecret, string Name, string Key)
{
    public override string ToString() => $"{(IsSecret ? "Secret" : "ConfigMap")} {Name}, {Key}";

    /// <summary>What a variable of the environment is taken from.</summary>
    public static MountedFile? OfVariable(V1Container container, string variable) =>
        container.Env?.FirstOrDefault(entry => entry.Name == variable)?.ValueFrom switch
        {
            { ConfigMapKeyRef: { } map } => new MountedFile(IsSecret: false, map.Name, map.Key),
            { SecretKeyRef: { } secret } => new MountedFile(IsSecret: true, secret.Name, secret.Key),
            _ => null,
        };

    /// <summary>What is mounted at a path, whole or by subPath; the chart's mount paths are relative, as its key_file is.</summary>
    public static MountedFile? OfPath(V1PodSpec pod, V1Container container, string path)
    {
        foreach (var mount in container.VolumeMounts ?? [])
        {
            var volume = pod.Volumes?.FirstOrDefault(candidate => candidate.Name == mount.Name);
            if (volume is { Secret: null, ConfigMap: null } or null || FileIn(mount, path) is not { } file)
                continue;

            var items = volume.Secret?.Items ?? volume.ConfigMap?.Items;
            var key = items?.FirstOrDefault(item => item.Path == file)?.Key ?? file;
            return new MountedFile(volume.Secret is not null, volume.Secret?.SecretName ?? volume.ConfigMap!.Name, key);
        }

        return null;
    }

    private static string? FileIn(V1VolumeMount mount, string path)
    {
        var folder = mount.MountPath.TrimEnd('/');
        return path == folder ? mount.SubPath ?? Path.GetFileName(path)
            : path.StartsWith($"{folder}/", Ordinal) && mount.SubPath is null ? path[(folder.Length + 1)..]
            : null;
    }
}
