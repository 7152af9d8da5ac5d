using Reporting.Raw.Observations;

namespace LoadTesting.LiveKit;

/// <summary>
/// The rooms of a run: created before it with its id in their metadata, listed during it, deleted after it. A room without the id is
/// another user's and is never touched. No failure here stops a load test: lk creates the rooms that are missing.
/// </summary>
/// <param name="service">LiveKit's room service.</param>
/// <param name="log">Where problems are reported.</param>
public sealed class RunRooms(RoomService service, IProgressLog log)
{
    /// <summary>
    /// Names of the rooms of smoke joins, which LiveKit lists until half a minute after the last of their participants. No run
    /// loads them.
    /// </summary>
    public const string SmokePrefix = "loadtest-smoke-";

    /// <summary>The last answer of <see cref="SeeAsync"/>; null while there is none.</summary>
    public RoomsSeen? LastSeen { get; private set; }

    /// <summary>How many rooms are made or deleted at a time.</summary>
    private const int MaxParallelism = 8;

    /// <summary>
    /// Longer than any fleet takes from here to its first participant; if the program dies in between, its rooms exist no longer than this.
    /// </summary>
    private static readonly TimeSpan EmptyTimeout = TimeSpan.FromMinutes(10);

    /// <summary>What there is before the run: whether LiveKit accepts the token, and what other load it has.</summary>
    /// <returns>What to report; null when LiveKit did not answer from here.</returns>
    /// <exception cref="RoomServiceException">LiveKit refuses the API key.</exception>
    /// <exception cref="LoadTestException">Another fleet is loading it.</exception>
    public async Task<string?> DescribeAsync(CancellationToken cancellation)
    {
        try
        {
            var rooms = await FreeAsync(cancellation);
            return rooms.Count == 0
                ? "no other load on it"
                : $"other load on this LiveKit: {Others(rooms.Count, rooms.Sum(room => room.NumParticipants))}";
        }
        catch (RoomServiceException error) when (error.Status is not HttpStatusCode.Unauthorized)
        {
            log.Warn($"LiveKit's rooms cannot be listed from here, only the hosts reach it: {error.Message}");
            return null;
        }
    }

    /// <summary>
    /// Before anything is created: whether LiveKit refuses the API key, or has another load. No answer from here proves nothing; its hosts
    /// ask again.
    /// </summary>
    /// <exception cref="RoomServiceException">LiveKit refuses the API key.</exception>
    /// <exception cref="LoadTestException">Another fleet is loading it.</exception>
    public async Task EnsureUsableAsync(CancellationToken cancellation)
    {
        try
        {
            await FreeAsync(cancellation);
        }
        catch (RoomServiceException error) when (error.Status is not HttpStatusCode.Unauthorized)
        {
            // It is reported when the hosts exist.
        }
    }

    /// <summary>Makes the run's rooms.</summary>
    public Task CreateAsync(RunManifest manifest, CancellationToken cancellation) =>
        EachAsync("made", manifest.Plan.Rooms(), async (name, token) =>
    {
        var room = await service.CreateAsync(name, RoomMark.Of(manifest.RunId), EmptyTimeout, token);
        if (!RoomMark.Is(room, manifest.RunId))
            log.Warn($"Room {name} already exists, and this run did not create it; the run uses it and does not delete it.");
    }, cancellation);

    /// <summary>Deletes those of the run's rooms that carry its id.</summary>
    public async Task DeleteAsync(RunManifest manifest, CancellationToken cancellation)
    {
        IReadOnlyList<Room> rooms = [];
        await EachAsync("listed", ["rooms"], async (_, token) => rooms = await service.ListAsync(manifest.Plan.Rooms(), token),
            cancellation);
        await EachAsync("deleted", [.. rooms.Where(room => RoomMark.Is(room, manifest.RunId)).Select(room => room.Name)],
            (name, token) => service.DeleteAsync(name, token), cancellation);
    }

    /// <summary>The rooms as they are now, the run's one by one, the others that are loaded as a number.</summary>
    /// <exception cref="RoomServiceException">LiveKit does not answer, or refuses.</exception>
    public async Task<RoomsSeen> SeeAsync(RunManifest manifest, DateTimeOffset at, CancellationToken cancellation)
    {
        var names = manifest.Plan.Rooms().ToHashSet();
        var rooms = (await service.ListAsync(names: null, cancellation)).Where(room => names.Contains(room.Name) || IsLoad(room))
            .ToLookup(room => names.Contains(room.Name));
        return LastSeen = new RoomsSeen(
            at,
            [.. rooms[true].OrderBy(room => room.Name, StringComparer.Ordinal)
                .Select(room => new RoomSeen(room.Name, room.NumParticipants, room.NumPublishers))],
            rooms[false].Count(),
            rooms[false].Sum(room => room.NumParticipants));
    }

    private static bool IsLoad(Room room) =>
        room.NumParticipants > 0 && !room.Name.StartsWith(SmokePrefix, StringComparison.Ordinal);

    /// <summary>The loaded rooms of a LiveKit that no other fleet loads.</summary>
    private async Task<IReadOnlyList<Room>> FreeAsync(CancellationToken cancellation)
    {
        var rooms = await service.ListAsync(names: null, cancellation);
        RequireNoOtherLoad([.. rooms.Where(room => room.NumParticipants > 0)]);
        return [.. rooms.Where(IsLoad)];
    }

    private static void RequireNoOtherLoad(IReadOnlyList<Room> busy)
    {
        if (busy.Select(RoomMark.RunOf).FirstOrDefault(run => run is not null) is not { } run)
            return;

        var its = busy.Where(room => RoomMark.Is(room, run)).ToList();
        throw new LoadTestException(
            $"LiveKit carries a load test of another fleet: run {run} has {Others(its.Count, its.Sum(room => room.NumParticipants))} "
                + "there. Each would measure the other.",
            "Wait for its end. Participants that were left behind are gone after half a minute, and their rooms with them.");
    }

    private static string Others(int rooms, int participants) =>
        $"{Format.Counted(rooms, "room")}, {Format.Counted(participants, "participant")}";

    private async Task EachAsync(string done, IReadOnlyList<string> names, Func<string, CancellationToken, Task> act,
        CancellationToken cancellation)
    {
        try
        {
            await Parallel.ForEachAsync(names,
                new ParallelOptions { MaxDegreeOfParallelism = MaxParallelism, CancellationToken = cancellation },
                async (name, token) => await act(name, token));
        }
        catch (RoomServiceException error)
        {
            log.Warn($"The run's rooms could not be {done}: {error.Message}");
        }
    }
}

/// <summary>What marks a room as a run's.</summary>
/// <param name="LoadTest">The run's id.</param>
internal sealed record RoomMark(string? LoadTest)
{
    public static string Of(string runId) => JsonSerializer.Serialize(new RoomMark(runId), RoomJson.Default.RoomMark);

    public static bool Is(Room room, string runId) => RunOf(room) == runId;

    /// <summary>The run that created the room; null when no run did.</summary>
    public static string? RunOf(Room room)
    {
        try
        {
            return room.Metadata is { Length: > 0 } metadata
                ? JsonSerializer.Deserialize(metadata, RoomJson.Default.RoomMark)?.LoadTest
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
