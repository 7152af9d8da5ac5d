using System.Text.Json.Serialization;

namespace LoadTesting.Providers.OpenStack.Identity;

/// <summary>Every body that goes to Keystone or comes from it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TokenAnswer))]
internal sealed partial class IdentityJson : JsonSerializerContext;
