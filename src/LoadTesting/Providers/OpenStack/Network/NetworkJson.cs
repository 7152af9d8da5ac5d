namespace LoadTesting.Providers.OpenStack.Network;

/// <summary>What goes to Neutron or comes from it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CloudNetwork))]
[JsonSerializable(typeof(Port))]
[JsonSerializable(typeof(FloatingIp))]
[JsonSerializable(typeof(FloatingIpOptions))]
[JsonSerializable(typeof(SecurityGroup))]
[JsonSerializable(typeof(SecurityGroupOptions))]
[JsonSerializable(typeof(SecurityGroupRule))]
[JsonSerializable(typeof(NetworkQuota))]
internal sealed partial class NetworkJson : JsonSerializerContext;
