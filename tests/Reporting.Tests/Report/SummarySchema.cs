using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using System.Xml.Linq;
using Reporting.LoadKinds;
using Reporting.Rendering.Json;
using Reporting.Summary;

namespace Reporting.Tests.Report;

/// <summary>The JSON Schema of summary-stats.json, made from the types and what their documentation says.</summary>
internal sealed class SummarySchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    private readonly Dictionary<string, XElement> _documentation = XDocument
        .Load(Path.ChangeExtension(typeof(RunSummary).Assembly.Location, ".xml"))
        .Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value);

    public static string Text => new SummarySchema().Write();

    private string Write()
    {
        var schema = OfType(SummaryJson.Default.RunSummary).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "summary-stats.json");
        return schema.ToJsonString(Indented) + "\n";
    }

    private JsonObject Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        // A load is as its kind has it.
        if (context.TypeInfo.Type == typeof(LoadShape))
            schema = OfType(KnownKinds.All.Single().ShapeType);

        // A number with a converter of our own is still a number.
        var type = context.TypeInfo.Type;
        var node = type == typeof(double) ? new JsonObject { ["type"] = "number" }
            : type == typeof(double?) ? new JsonObject { ["type"] = new JsonArray("number", "null") }
            : schema.AsObject();
        var description = context.PropertyInfo?.AttributeProvider is MemberInfo member ? OfMember(member) : OfType(type);
        if (description is not null && !node.ContainsKey("$ref"))
        {
            node.Remove("description");
            node.Insert(0, "description", description);
        }

        // Whatever has no value is there as null, but for what only some kinds of load have.
        if (node["properties"] is JsonObject properties)
        {
            node["required"] = new JsonArray(
                [.. properties.Where(property => property.Key != "own").Select(property => (JsonNode)property.Key)]);
        }

        return node;
    }

    private JsonNode OfType(JsonTypeInfo type) => type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Describe,
    });

    private string? OfType(Type type) => Sentence(_documentation.GetValueOrDefault($"T:{type.FullName}")?.Element("summary"));

    // A property of a positional record is documented as a parameter of its type.
    private string? OfMember(MemberInfo member) =>
        Sentence(_documentation.GetValueOrDefault($"P:{member.DeclaringType!.FullName}.{member.Name}")?.Element("summary")
            ?? _documentation.GetValueOrDefault($"T:{member.DeclaringType.FullName}")?
                .Elements("param").FirstOrDefault(parameter => parameter.Attribute("name")?.Value == member.Name));

    private static string? Sentence(XElement? element) => element is null
        ? null
        : string.Join(' ', string.Concat(element.Nodes().Select(Plain)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Plain(XNode node) => node switch
    {
        XElement see when see.Attribute("cref") is { } reference => reference.Value[(reference.Value.LastIndexOf('.') + 1)..],
        XElement element => element.Value,
        XText text => text.Value,
        _ => "",
    };
}
