using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LoadTesting.OpenStack.Compute.AvailabilityZones;
using LoadTesting.OpenStack.Compute.Flavors;
using LoadTesting.OpenStack.Compute.KeyPairs;
using LoadTesting.OpenStack.Compute.Quotas;
using LoadTesting.OpenStack.Compute.ServerGroups;
using LoadTesting.OpenStack.Compute.Servers;
using LoadTesting.OpenStack.Identity.Tokens;
using LoadTesting.OpenStack.Image.Images;
using LoadTesting.OpenStack.Network.FloatingIps;
using LoadTesting.OpenStack.Network.Networks;
using LoadTesting.OpenStack.Network.Ports;
using LoadTesting.OpenStack.Network.Quotas;
using LoadTesting.OpenStack.Network.SecurityGroups;

namespace LoadTesting.OpenStack;

/// <summary>Every body that goes to a cloud or comes from one.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(ServerPage))]
[JsonSerializable(typeof(ServerAnswer))]
[JsonSerializable(typeof(ServerRequest))]
[JsonSerializable(typeof(CreatedServer))]
[JsonSerializable(typeof(RenameRequest))]
[JsonSerializable(typeof(ConsoleRequest))]
[JsonSerializable(typeof(ConsoleOutput))]
[JsonSerializable(typeof(KeyPairPage))]
[JsonSerializable(typeof(KeyPairRequest))]
[JsonSerializable(typeof(FlavorPage))]
[JsonSerializable(typeof(AvailabilityZoneList))]
[JsonSerializable(typeof(ComputeQuotaAnswer))]
[JsonSerializable(typeof(ServerGroupRequest))]
[JsonSerializable(typeof(ServerGroupAnswer))]
[JsonSerializable(typeof(ServerGroupList))]
[JsonSerializable(typeof(NetworkPage))]
[JsonSerializable(typeof(PortPage))]
[JsonSerializable(typeof(FloatingIpPage))]
[JsonSerializable(typeof(FloatingIpRequest))]
[JsonSerializable(typeof(FloatingIpMove))]
[JsonSerializable(typeof(FloatingIpAnswer))]
[JsonSerializable(typeof(SecurityGroupPage))]
[JsonSerializable(typeof(SecurityGroupRequest))]
[JsonSerializable(typeof(SecurityGroupAnswer))]
[JsonSerializable(typeof(SecurityGroupRuleRequest))]
[JsonSerializable(typeof(SecurityGroupRuleAnswer))]
[JsonSerializable(typeof(NetworkQuotaAnswer))]
[JsonSerializable(typeof(ImagePage))]
internal sealed partial class OpenStackJson : JsonSerializerContext;

/// <summary>Reads what clouds answer.</summary>
internal static class OpenStackAnswer
{
    private static readonly JsonSerializerOptions Whole = new(OpenStackJson.Default.Options) { TypeInfoResolver = OpenStackJson.Default.WithAddedModifier(RefuseNulls) };

    /// <summary>Reads an answer.</summary>
    /// <exception cref="JsonException">It is no JSON of that type, or null stands where something has to be.</exception>
    public static T Read<T>(string body, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(body, (JsonTypeInfo<T>)Whole.GetTypeInfo(type.Type)) ?? throw new JsonException("null");

    /// <summary>Of annotations, a deserializer heeds those of properties that are there: it says nothing of what is missing, nor of what is in a list or a dictionary.</summary>
    private static void RefuseNulls(JsonTypeInfo type)
    {
        var certain = type.Properties.Where(property => property is { Get: not null, IsGetNullable: false, PropertyType.IsValueType: false }).ToList();
        if (type.Kind != JsonTypeInfoKind.Object || certain.Count == 0)
            return;

        type.OnDeserialized = read =>
        {
            if (certain.Find(property => HasNull(property.Get!(read))) is { } holed)
                throw new JsonException($"null in {holed.Name}");
        };
    }

    private static bool HasNull(object? item) => item switch
    {
        null => true,
        string => false,
        IDictionary dictionary => dictionary.Values.Cast<object?>().Any(HasNull),
        IEnumerable items => items.Cast<object?>().Any(HasNull),
        _ => false,
    };
}
