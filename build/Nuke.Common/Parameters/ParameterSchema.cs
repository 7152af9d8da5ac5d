using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nuke.Common.Execution;

namespace Nuke.Common.Parameters;

/// <summary>The JSON schema of a build's parameter files, in the form in which NUKE writes it (draft 4).</summary>
internal sealed class ParameterSchema(NukeBuild build)
{
    // In the order in which the parameters mention them.
    private readonly JsonObject _definitions = [];

    /// <summary>The schema as text.</summary>
    public static string Of(NukeBuild build)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            new ParameterSchema(build).Document().WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private JsonObject Document()
    {
        var own = new JsonObject();
        var engine = new JsonObject();
        foreach (var parameter in BuildMembers.Parameters(build.GetType()))
            (parameter.DeclaringType == typeof(NukeBuild) ? engine : own)[ParameterNames.Of(parameter)] = Property(parameter);

        // NUKE has it, and we do not; the file is to be the same whichever of them wrote it.
        var partition = new JsonObject { ["type"] = "string", ["description"] = "Partition to use on CI" };
        engine.Insert(engine.IndexOf(nameof(NukeBuild.Plan)), "Partition", partition);
        _definitions[nameof(NukeBuild)] = new JsonObject { ["properties"] = engine };
        return new()
        {
            ["$schema"] = "http://json-schema.org/draft-04/schema#",
            ["definitions"] = _definitions,
            ["allOf"] = new JsonArray(own.Count > 0 ? new JsonObject { ["properties"] = own } : [], Reference(nameof(NukeBuild))),
        };
    }

    private JsonObject Property(MemberInfo parameter)
    {
        var type = BuildMembers.TypeOf(parameter);
        var scalar = BuildMembers.ScalarOf(type);
        var choices = scalar.IsEnum ? null : BuildMembers.ChoicesOf(parameter, build);
        var isArray = type.IsArray || BuildMembers.IsCollection(type);
        var element = isArray ? Value(scalar, choices) : Value(type, choices);
        var reference = element.ContainsKey("$ref");
        var property = new JsonObject();
        if (isArray)
            property["type"] = "array";
        else if (!reference)
            Move(element, property, "type");
        if (ParameterNames.DescriptionOf(parameter) is { } description)
            property["description"] = description;
        if (parameter.IsDefined(typeof(SecretAttribute)))
            property["default"] = "Secrets must be entered via 'nuke :secrets [profile]'";
        if (isArray)
            property["items"] = element;
        foreach (var key in isArray ? [] : element.Select(pair => pair.Key).ToList())
            Move(element, property, key);
        return property;
    }

    private JsonObject Value(Type type, IReadOnlyList<string>? choices)
    {
        var scalar = Nullable.GetUnderlyingType(type) ?? type;
        if (scalar == typeof(ExecutableTarget))
            return Define(scalar.Name, [], BuildMembers.Targets(build.GetType()).Select(target => target.Name).Order());
        if (scalar == typeof(Host))
            return Define(scalar.Name, [], Host.KnownNames);
        if (scalar.IsEnum)
            return Define(scalar.Name, new() { ["description"] = string.Empty }, scalar.GetEnumNames());

        var (name, format) = NamesOf(scalar);
        var value = new JsonObject
        {
            ["type"] = scalar == type ? name : Names(new[] { "null", name }.Order(StringComparer.Ordinal)),
        };
        if (format is not null)
            value["format"] = format;
        if (choices is not null)
            value["enum"] = Names(choices);
        return value;
    }

    private JsonObject Define(string name, JsonObject definition, IEnumerable<string> values)
    {
        definition.Insert(0, "type", "string");
        if (Names(values) is { Count: > 0 } names)
            definition["enum"] = names;
        _definitions.TryAdd(name, definition);
        return Reference(name);
    }

    private static (string Name, string? Format) NamesOf(Type type) => type switch
    {
        _ when type == typeof(bool) => ("boolean", null),
        _ when type == typeof(int) => ("integer", "int32"),
        _ when type == typeof(double) => ("number", "double"),
        _ when type == typeof(decimal) => ("number", "decimal"),
        _ when type == typeof(TimeSpan) => ("string", "duration"),
        _ when type == typeof(Uri) => ("string", "uri"),
        _ => ("string", null),
    };

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => (JsonNode)name)]);

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/definitions/{name}" };

    private static void Move(JsonObject from, JsonObject to, string key)
    {
        var value = from[key];
        from.Remove(key);
        to[key] = value;
    }
}
