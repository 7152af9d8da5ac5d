using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rehearsal.Kubernetes;

/// <summary>
/// What happened in a cluster while it was recorded, as far as it belongs to the scenario, and its replay at another time and pace.
/// The recorded restart happens when the LiveKit of the load is killed.
/// </summary>
internal sealed partial class Timeline
{
    /// <summary>How much faster than it was it happens again: a rehearsal is short, an autoscaler is slow.</summary>
    private const int Pace = 6;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    private readonly IReadOnlyList<Happening> _happenings;
    private readonly TimeProvider _time;
    private readonly Func<DateTimeOffset, DateTimeOffset?> _killedSince;
    private readonly Lazy<DateTimeOffset> _beginning;

    private Timeline(IReadOnlyList<Happening> happenings, TimeProvider time, Func<DateTimeOffset, DateTimeOffset?> killedSince)
    {
        (_happenings, _time, _killedSince) = (happenings, time, killedSince);
        _beginning = new Lazy<DateTimeOffset>(time.GetUtcNow);
    }

    /// <summary>The instant in the recording at which the timeline begins.</summary>
    private static DateTimeOffset RecordedBeginning { get; } = new(2026, 11, 23, 23, 39, 20, TimeSpan.Zero);

    /// <summary>When in it the pod was restarted.</summary>
    private static TimeSpan Restart { get; } = TimeSpan.FromSeconds(80);

    /// <summary>Reads it.</summary>
    /// <param name="file">The recording.</param>
    /// <param name="scenario">What of it happens.</param>
    /// <param name="time">The clock.</param>
    /// <param name="killedSince">When a LiveKit was killed after an instant; null while none has been.</param>
    public static Timeline Read(string file, ClusterScenario scenario, TimeProvider time,
        Func<DateTimeOffset, DateTimeOffset?> killedSince) => new(
        [
            .. File.ReadLines(file).Select(Happening.Parse)
                .Where(happening => scenario.Has(happening.Kind, happening.After, happening.After >= Restart))
                .SelectMany(happening => scenario.Told(happening.Object, happening.After >= Restart)
                    .Select(text => happening with { Object = text, Uid = Happening.UidOf(text) }))
                .Select((happening, index) => happening with { Number = index + 1 }),
        ],
        time, killedSince);

    /// <summary>When it began; now while it has not.</summary>
    public DateTimeOffset Beginning => _beginning.IsValueCreated ? _beginning.Value : _time.GetUtcNow();

    /// <summary>When a LiveKit was killed; null while none has been.</summary>
    public DateTimeOffset? KilledAt => _beginning.IsValueCreated ? _killedSince(_beginning.Value) : null;

    /// <summary>The number of the last thing of any kind that has happened by now: the cluster's resourceVersion.</summary>
    public int Version => _happenings.Count(happening => At(happening) <= _time.GetUtcNow());

    /// <summary>The objects of a kind as they are now. Who looks at the pods begins the timeline.</summary>
    public IReadOnlyList<string> Objects(string kind)
    {
        if (kind == "pods")
            _ = _beginning.Value;

        var objects = new Dictionary<string, string>();
        foreach (var happening in _happenings.Take(Version).Where(happening => happening.Kind == kind))
        {
            objects.Remove(happening.Uid);
            if (happening.Type != "DELETED")
                objects[happening.Uid] = Text(happening);
        }

        return [.. objects.Values];
    }

    /// <summary>What happens to a kind after a version, each in its time, without an end.</summary>
    public async IAsyncEnumerable<string> AfterAsync(string kind, int version,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var happening in _happenings.Skip(version).Where(happening => happening.Kind == kind))
        {
            while (!(At(happening) <= _time.GetUtcNow()))
                await Task.Delay(BetweenLooks, _time, cancellation);
            yield return $$"""{"type":"{{happening.Type}}","object":{{Text(happening)}}}""";
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellation);
    }

    /// <summary>Null while it is not known when it will be.</summary>
    private DateTimeOffset? At(Happening happening) => happening.After < Restart
        ? Beginning + (happening.After / Pace)
        : KilledAt + (happening.After - Restart);

    /// <summary>An object as it would have been seen now: its version is its place in the timeline, its times are moved.</summary>
    private string Text(Happening happening) => ResourceVersion().Replace(
        Instant().Replace(happening.Object, match => Moved(match.Value)), $"\"resourceVersion\":\"{happening.Number.ToString()}\"", 1);

    private string Moved(string instant)
    {
        var after = DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) - RecordedBeginning;
        var moved = after >= Restart && KilledAt is { } killed ? killed + (after - Restart)
            : Beginning + (after > TimeSpan.Zero ? after / Pace : after);
        return moved.UtcDateTime.ToString(
            instant.Contains('.', Ordinal) ? "yyyy-MM-ddTHH:mm:ss.ffffffZ" : "yyyy-MM-ddTHH:mm:ssZ");
    }

    [GeneratedRegex(@"(?<="")2026-11-2[34]T\d\d:\d\d:\d\d(\.\d+)?Z(?="")", RegexOptions.ExplicitCapture)]
    private static partial Regex Instant();

    [GeneratedRegex("\"resourceVersion\":\"\\d+\"")]
    private static partial Regex ResourceVersion();

    private sealed record Happening(int Number, TimeSpan After, string Kind, string Type, string Uid, string Object)
    {
        public static Happening Parse(string line)
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            return new Happening(0, TimeSpan.FromMilliseconds(root.GetProperty("ms").GetDouble()), root.GetProperty("kind").GetString()!,
                root.GetProperty("type").GetString()!, "", root.GetProperty("object").GetRawText());
        }

        public static string UidOf(string text)
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.GetProperty("metadata").TryGetProperty("uid", out var uid) ? uid.GetString()! : "";
        }
    }
}
