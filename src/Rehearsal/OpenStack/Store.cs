using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Rehearsal.OpenStack;

/// <summary>
/// What the embedded cloud knows, a file for each thing. A thing is on disk before its request is answered, and whole or not at all,
/// so that a program that is killed at any moment leaves a cloud that a later one can go on with.
/// </summary>
/// <param name="directory">Where the files are.</param>
/// <param name="time">The clock.</param>
[SuppressMessage("Security", "CA3003", Justification = "A file's name is a hash, whatever the request says.")]
internal sealed class Store(string directory, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Dictionary<string, Entry>> _kinds = new(StringComparer.Ordinal);

    /// <summary>All things of a kind, in the order of their making.</summary>
    public IReadOnlyList<JsonObject> All(string kind) => [.. Kind(kind).Values.OrderBy(entry => entry.Made).Select(entry => entry.Thing)];

    /// <summary>A thing; null when there is none of that id.</summary>
    public JsonObject? Find(string kind, string id) => Kind(kind).GetValueOrDefault(id)?.Thing;

    /// <summary>Keeps a new or changed thing.</summary>
    public JsonObject Put(string kind, string id, JsonObject thing)
    {
        var entry = new Entry(id, Kind(kind).GetValueOrDefault(id)?.Made ?? time.GetUtcNow().Ticks, thing);
        Directory.CreateDirectory(Path.Combine(directory, kind));
        var file = PathOf(kind, id);
        File.WriteAllText($"{file}.part", entry.Text);
        File.Move($"{file}.part", file, overwrite: true);
        Kind(kind)[id] = entry;
        return thing;
    }

    /// <summary>Forgets a thing; false when there was none.</summary>
    public bool Remove(string kind, string id)
    {
        File.Delete(PathOf(kind, id));
        return Kind(kind).Remove(id);
    }

    private Dictionary<string, Entry> Kind(string kind) => _kinds.GetOrAdd(kind, name => Directory.Exists(Path.Combine(directory, name))
        ? Directory.EnumerateFiles(Path.Combine(directory, name), "*.json").Select(Entry.Read).ToDictionary(entry => entry.Id, StringComparer.Ordinal)
        : new Dictionary<string, Entry>(StringComparer.Ordinal));

    private string PathOf(string kind, string id) => Path.Combine(directory, kind, $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))}.json");

    private sealed record Entry(string Id, long Made, JsonObject Thing)
    {
        public string Text => new JsonObject { ["id"] = Id, ["made"] = Made, ["thing"] = Thing.DeepClone() }.ToJsonString();

        public static Entry Read(string file)
        {
            var json = JsonNode.Parse(File.ReadAllText(file))!;
            return new Entry((string)json["id"]!, (long)json["made"]!, json["thing"]!.AsObject().DeepClone().AsObject());
        }
    }
}
