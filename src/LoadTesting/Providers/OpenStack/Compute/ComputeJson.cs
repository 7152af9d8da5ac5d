namespace LoadTesting.Providers.OpenStack.Compute;

/// <summary>What goes to Nova or comes from it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Server))]
[JsonSerializable(typeof(ServerId))]
[JsonSerializable(typeof(ServerOptions))]
[JsonSerializable(typeof(KeyPairEntry))]
[JsonSerializable(typeof(Flavor))]
[JsonSerializable(typeof(AvailabilityZone))]
[JsonSerializable(typeof(ComputeQuota))]
[JsonSerializable(typeof(ServerGroup))]
[JsonSerializable(typeof(ServerGroupOptions))]
internal sealed partial class ComputeJson : JsonSerializerContext;
