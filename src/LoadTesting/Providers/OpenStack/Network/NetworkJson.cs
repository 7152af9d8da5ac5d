using System.Text.Json.Serialization;

namespace LoadTesting.Providers.OpenStack.Network;

/// <summary>Every body that goes to Neutron or comes from it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
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
internal sealed partial class NetworkJson : JsonSerializerContext;
