using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Rehearsal.OpenStack;

/// <summary>
/// What the embedded cloud knows, a file for each resource. A resource is on disk before its request is answered, and whole or not at all,
/// so a program that is killed at any moment leaves a cloud that a later one can continue. Programs that run at the same time, such as
/// Status beside Report, take turns and see each other's changes.
/// </summary>
/// <param name="directory">Where the files are.</param>
/// <param name="time">The clock.</param>
[SuppressMessage("Security", "CA3003", Justification = "A file's name is a hash, whatever the request contains.")]
internal sealed class Store(string directory, TimeProvider time) : IDisposable
{
    private readonly Dictionary<string, Dictionary<string, Entry>> _kinds = [];
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>How many turns of any program have changed something, as far as it is known here.</summary>
    private long _changes;
    private bool _changed;

    /// <summary>Answers one request at a time, of all programs. Everything else here is for use in it.</summary>
    public async Task AnswerAsync(HttpContext context, Func<ServiceRequest, Answer> answer)
    {
        var body = context.Request.ContentLength > 0
            ? (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!.AsObject()
            : [];
        await (await TakeTurnAsync(() => answer(new ServiceRequest(context, body)), context.RequestAborted)).WriteAsync(context);
    }

    /// <summary>Looks at or changes what is kept while no other program does.</summary>
    public async Task<T> TakeTurnAsync<T>(Func<T> turn, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            await using var file = await WaitForOthersAsync(cancellation);
            var number = new byte[sizeof(long)];
            var changes = await file.ReadAtLeastAsync(number, number.Length, throwOnEndOfStream: false, cancellation) == number.Length
                ? BitConverter.ToInt64(number)
                : 0;
            if (changes != _changes)
                _kinds.Clear();
            (_changes, _changed) = (changes, false);
            try
            {
                return turn();
            }
            finally
            {
                if (_changed)
                {
                    file.Position = 0;
                    file.Write(BitConverter.GetBytes(++_changes));
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<FileStream> WaitForOthersAsync(CancellationToken cancellation)
    {
        var path = Path.Combine(Directory.CreateDirectory(directory).FullName, "turn");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellation); // it is another program's
            }
        }
    }

    /// <summary>All things of a kind, in the order of their making.</summary>
    public IReadOnlyList<JsonObject> All(string kind) => [.. Kind(kind).Values.OrderBy(entry => entry.Made).Select(entry => entry.Thing)];

    /// <summary>A thing; null when there is none of that id.</summary>
    public JsonObject? Find(string kind, string id) => Kind(kind).GetValueOrDefault(id)?.Thing;

    /// <summary>Keeps a new or changed thing.</summary>
    public JsonObject Put(string kind, string id, JsonObject thing)
    {
        _changed = true;
        var entry = new Entry(id, Kind(kind).GetValueOrDefault(id)?.Made ?? time.GetUtcNow().Ticks, thing);
        Directory.CreateDirectory(Path.Combine(directory, kind));
        var file = PathOf(kind, id);
        WholeFile.Write(file, Encoding.UTF8.GetBytes(entry.Text));
        Kind(kind)[id] = entry;
        return thing;
    }

    /// <summary>Forgets a thing; false when there was none.</summary>
    public bool Remove(string kind, string id)
    {
        _changed = true;
        File.Delete(PathOf(kind, id));
        return Kind(kind).Remove(id);
    }

    private Dictionary<string, Entry> Kind(string kind)
    {
        if (!_kinds.TryGetValue(kind, out var things))
        {
            var folder = Path.Combine(directory, kind);
            things = (Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.json") : []).Select(Entry.Read)
                .ToDictionary(entry => entry.Id);
            _kinds[kind] = things;
        }

        return things;
    }

    private string PathOf(string kind, string id) =>
        Path.Combine(directory, kind, $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))}.json");

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

/// <summary>A request to Nova or Neutron.</summary>
internal sealed record ServiceRequest(HttpContext Context, JsonObject Body)
{
    /// <summary>The resource that its path names.</summary>
    public string Id => (string)Context.Request.RouteValues["id"]!;
}
