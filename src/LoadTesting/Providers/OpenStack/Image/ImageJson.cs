namespace LoadTesting.Providers.OpenStack.Image;

/// <summary>What comes from Glance.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CloudImage))]
internal sealed partial class ImageJson : JsonSerializerContext;
