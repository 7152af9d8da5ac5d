using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using LoadTesting.Cluster;
using k8s.Models;

namespace LoadTesting.Tests.Cluster;

/// <summary>Only what nobody reads may be left out of what Kubernetes answers.</summary>
public sealed class WhatIsPassedOver
{
    [Fact]
    public void Is_read_nowhere_in_our_code()
    {
        using var assembly = new PEReader(File.OpenRead(typeof(PassedOver).Assembly.Location));
        var metadata = assembly.GetMetadataReader();
        var read = (from member in metadata.MemberReferences.Select(metadata.GetMemberReference)
                    let name = metadata.GetString(member.Name)
                    where member.Parent.Kind == HandleKind.TypeReference && name.StartsWith("get_", StringComparison.Ordinal)
                    let type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent)
                    where metadata.GetString(type.Namespace) == typeof(V1Pod).Namespace
                    select typeof(V1Pod).Assembly.GetType($"{typeof(V1Pod).Namespace}.{metadata.GetString(type.Name)}")?.GetProperty(name[4..]) into property
                    where property is not null
                    select property).ToList();

        read.Count.ShouldBeGreaterThan(100);
        read.Where(property => PassedOver.Is(property.PropertyType)).Select(property => $"{property.DeclaringType!.Name}.{property.Name}").ShouldBeEmpty();
    }

    [Fact]
    public void Is_also_what_a_list_of_it_holds()
    {
        PassedOver.Is(typeof(IList<V1Toleration>)).ShouldBeTrue();
        PassedOver.Is(typeof(V1NFSVolumeSource)).ShouldBeTrue();
        PassedOver.Is(typeof(IList<V1Volume>)).ShouldBeFalse();
        PassedOver.Is(typeof(V1SecretVolumeSource)).ShouldBeFalse();
        PassedOver.Is(typeof(IDictionary<string, ResourceQuantity>)).ShouldBeFalse();
    }
}
