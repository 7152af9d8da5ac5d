using System.Text.Json.Serialization;

namespace LoadTesting.Providers.OpenStack.Image;

/// <summary>Every body that goes to Glance or comes from it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ImagePage))]
internal sealed partial class ImageJson : JsonSerializerContext;
