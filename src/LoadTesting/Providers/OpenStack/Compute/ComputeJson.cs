using System.Text.Json.Serialization;

namespace LoadTesting.Providers.OpenStack.Compute;

/// <summary>Every body that goes to Nova or comes from it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
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
internal sealed partial class ComputeJson : JsonSerializerContext;
