using System.Text.Json.Serialization.Metadata;
using k8s;
using k8s.Models;

namespace LoadTesting.Cluster;

/// <summary>
/// What may stand in an object of Kubernetes and is read by nobody here: it is not deserialized. A pod alone can hold 150 types of things, each of
/// which costs memory and time once, used or not. A test holds the list to what the code reads.
/// </summary>
public static class PassedOver
{
    private static readonly HashSet<Type> Types =
    [
        typeof(V1Affinity), typeof(V1AttachedVolume), typeof(V1ContainerImage), typeof(V1ContainerPort), typeof(V1ContainerResizePolicy), typeof(V1ContainerUser),
        typeof(V1DaemonEndpoint), typeof(V1DeploymentStrategy), typeof(V1EnvFromSource), typeof(V1EphemeralContainer), typeof(V1HostAlias), typeof(V1Lifecycle),
        typeof(V1ManagedFieldsEntry), typeof(V1NodeConfigSource), typeof(V1NodeConfigStatus), typeof(V1NodeDaemonEndpoints), typeof(V1NodeRuntimeHandler), typeof(V1NodeSystemInfo),
        typeof(V1OwnerReference), typeof(V1PodDNSConfig), typeof(V1PodReadinessGate), typeof(V1PodResourceClaim), typeof(V1PodSecurityContext), typeof(V1Probe),
        typeof(V1ResourceStatus), typeof(V1SecurityContext), typeof(V1Toleration), typeof(V1TopologySpreadConstraint), typeof(V1VolumeDevice), typeof(V1VolumeMountStatus),
        typeof(V2HorizontalPodAutoscalerBehavior),
    ];

    /// <summary>Whether things of a type are passed over.</summary>
    public static bool Is(Type type) =>
        Types.Contains(type)
        || type.GenericTypeArguments.Any(Is)
        || (type.Namespace == typeof(V1Volume).Namespace && type.Name.EndsWith("VolumeSource", StringComparison.Ordinal) && type != typeof(V1ConfigMapVolumeSource) && type != typeof(V1SecretVolumeSource));

    /// <summary>Must come before anything of Kubernetes is deserialized.</summary>
    internal static void ByKubernetesClient() => KubernetesJson.AddJsonOptions(options => options.TypeInfoResolver = options.TypeInfoResolver!.WithAddedModifier(type =>
    {
        for (var index = type.Properties.Count - 1; index >= 0; index--)
        {
            if (Is(type.Properties[index].PropertyType))
                type.Properties.RemoveAt(index);
        }
    }));
}
