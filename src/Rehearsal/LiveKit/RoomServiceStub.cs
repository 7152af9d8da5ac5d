using System.Collections.Concurrent;
using LoadTesting.LiveKit;
using Rehearsal.Hosts;

namespace Rehearsal.LiveKit;

/// <summary>
/// The room service of the rehearsal. It creates, lists and deletes rooms as livekit-server 1.13.5 was seen to. No participant can
/// join, so a room has the participants of the replayed load; without one, after a while it reports what a room reported in the
/// recordings: 19 participants, 2 of them publishers.
/// </summary>
internal sealed class RoomServiceStub(Secret secret, TimeProvider time, PlayedLoad? load)
{
    private const int RecordedParticipants = 19;
    private const int RecordedPublishers = 2;
    private static readonly TimeSpan FillTime = TimeSpan.FromSeconds(6);

    private readonly ConcurrentDictionary<string, (string Metadata, int EmptyTimeout, DateTimeOffset MadeAt)> _rooms = [];

    public void Map(WebApplication web)
    {
        web.MapPost("/twirp/livekit.RoomService/CreateRoom", context => AnswerAsync(context, Create));
        web.MapPost("/twirp/livekit.RoomService/ListRooms", context => AnswerAsync(context, List));
        web.MapPost("/twirp/livekit.RoomService/DeleteRoom", context => AnswerAsync(context, Delete));
    }

    private async Task AnswerAsync(HttpContext context, Func<JsonNode, (int Status, JsonNode Body)> answer)
    {
        const string Bearer = "Bearer ";
        var header = context.Request.Headers.Authorization.ToString();
        var token = header.StartsWith(Bearer, Ordinal) ? header[Bearer.Length..] : "";
        if (!await AccessToken.HoldsAsync(token, secret))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync($"invalid token: {token}, error: token signature is invalid: signature is invalid",
                context.RequestAborted);
            return;
        }

        var question = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) ?? new JsonObject();
        var (status, body) = answer(question);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }

    /// <summary>A room that is there keeps its metadata.</summary>
    private (int Status, JsonNode Body) Create(JsonNode question)
    {
        var name = (string?)question["name"] ?? "";
        _rooms.TryAdd(name, ((string?)question["metadata"] ?? "", (int?)question["empty_timeout"] ?? 300, time.GetUtcNow()));
        return (StatusCodes.Status200OK, Room(name));
    }

    private (int Status, JsonNode Body) List(JsonNode question)
    {
        var names = (question["names"] as JsonArray)?.Select(name => (string?)name).ToHashSet();
        var rooms = _rooms.Keys.Where(name => names is null or { Count: 0 } || names.Contains(name)).Select(Room);
        return (StatusCodes.Status200OK, new JsonObject { ["rooms"] = new JsonArray([.. rooms]) });
    }

    private (int Status, JsonNode Body) Delete(JsonNode question) => _rooms.TryRemove((string?)question["room"] ?? "", out _)
        ? (StatusCodes.Status200OK, new JsonObject())
        : (StatusCodes.Status404NotFound,
            new JsonObject { ["code"] = "not_found", ["msg"] = "twirp error unknown: requested room does not exist" });

    private JsonObject Room(string name)
    {
        var (metadata, emptyTimeout, madeAt) = _rooms[name];
        var (participants, publishers) = Present(name, madeAt);
        return new JsonObject
        {
            ["sid"] = $"RM_{name}",
            ["name"] = name,
            ["empty_timeout"] = emptyTimeout,
            ["departure_timeout"] = 20,
            ["max_participants"] = 0,
            ["creation_time"] = $"{madeAt.ToUnixTimeSeconds()}",
            ["turn_password"] = Guid.NewGuid().ToString("N"),
            ["metadata"] = metadata,
            ["num_participants"] = participants,
            ["num_publishers"] = publishers,
            ["active_recording"] = false,
        };
    }

    private (int Participants, int Publishers) Present(string name, DateTimeOffset madeAt)
    {
        if (load is null)
            return time.GetUtcNow() - madeAt > FillTime ? (RecordedParticipants, RecordedPublishers) : (0, 0);

        var room = load.At(time.GetUtcNow()).FirstOrDefault(room => room.Name == name)?.Load ?? RoomLoad.None;
        return ((int)room.Participants, (int)room.Publishers);
    }
}
