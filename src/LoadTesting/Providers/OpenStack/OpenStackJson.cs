using System.Text.Json.Serialization;
using LoadTesting.Providers.OpenStack.Compute;
using LoadTesting.Providers.OpenStack.Identity;
using LoadTesting.Providers.OpenStack.Image;
using LoadTesting.Providers.OpenStack.Network;

namespace LoadTesting.Providers.OpenStack;

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
