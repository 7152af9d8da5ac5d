using System.Text.Json.Serialization;

namespace Nuke.Common.Execution.Theming;

/// <summary>Quotes strings.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class MessageJson : JsonSerializerContext;
