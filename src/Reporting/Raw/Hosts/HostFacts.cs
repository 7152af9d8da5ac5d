namespace Reporting.Raw.Hosts;

/// <summary>facts.json of a host: what the machine is and how it is set, each fact by its name, as people read it.</summary>
public static class HostFacts
{
    /// <summary>No facts: the file is missing or damaged.</summary>
    public static IReadOnlyDictionary<string, string> None { get; } = new Dictionary<string, string>();

    /// <summary>Reads the file; a fact that the host could not tell is left out.</summary>
    public static IReadOnlyDictionary<string, string> Read(Stream file)
    {
        try
        {
            using var document = JsonDocument.Parse(file);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Flat(document.RootElement) : None;
        }
        catch (JsonException)
        {
            return None;
        }
    }

    private static Dictionary<string, string> Flat(JsonElement root)
    {
        var facts = new Dictionary<string, string>();
        foreach (var fact in root.EnumerateObject()
            .SelectMany(fact => fact.Value.ValueKind == JsonValueKind.Object ? fact.Value.EnumerateObject() : Enumerable.Repeat(fact, 1)))
        {
            if (Shown(fact) is { Length: > 0 } shown)
                facts[Named(fact.Name)] = shown;
        }

        return facts;
    }

    private static string Named(string name) => name switch
    {
        "model" => "processor",
        "memoryKiB" => "memory",
        "nic" => "network interface",
        "nicMbps" => "its speed",
        "openFiles" => "open files of a process, soft and hard",
        _ => name,
    };

    // Machines of one size differ by a few pages of memory, which matters to no reader.
    private static string? Shown(JsonProperty fact) => (fact.Name, fact.Value.ValueKind) switch
    {
        ("memoryKiB", JsonValueKind.Number) => Invariant($"{fact.Value.GetDouble() / (1 << 20):0.0} GiB"),
        ("nicMbps", JsonValueKind.Number) => Format.Show(fact.Value.GetDouble() * 1e6, Unit.BitsPerSecond),
        (_, JsonValueKind.Number) => fact.Value.GetRawText(),
        (_, JsonValueKind.String) => fact.Value.GetString(),
        _ => null,
    };
}
