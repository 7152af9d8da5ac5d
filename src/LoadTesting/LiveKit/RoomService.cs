using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using Reporting.Raw.Lk;

namespace LoadTesting.LiveKit;

/// <summary>LiveKit's room service (docs.livekit.io, "RoomService APIs"): Twirp over HTTP with JSON.</summary>
/// <param name="http">Sends the requests.</param>
/// <param name="credentials">Whose rooms.</param>
/// <param name="time">The clock.</param>
public sealed class RoomService(HttpClient http, LiveKitCredentials credentials, TimeProvider time)
{
    private const int MaxTextLength = 200;
    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(5);

    /// <summary>How long an answer may take.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Every room there is, or those of some names.</summary>
    /// <exception cref="LoadTestException">LiveKit does not answer, or refuses.</exception>
    public async Task<IReadOnlyList<Room>> ListAsync(IReadOnlyList<string>? names, CancellationToken cancellation) =>
        (await CallAsync("ListRooms", new ListRoomsRequest(names), (RoomJson.Default.ListRoomsRequest, RoomJson.Default.ListRoomsResponse),
            cancellation)).Rooms ?? [];

    /// <summary>Makes a room. One of that name stays as it is.</summary>
    /// <returns>The room as it is now.</returns>
    /// <exception cref="LoadTestException">LiveKit does not answer, or refuses.</exception>
    public Task<Room> CreateAsync(string name, string metadata, TimeSpan emptyTimeout, CancellationToken cancellation) =>
        CallAsync("CreateRoom", new CreateRoomRequest(name, (int)emptyTimeout.TotalSeconds, metadata),
            (RoomJson.Default.CreateRoomRequest, RoomJson.Default.Room), cancellation);

    /// <summary>Closes a room and removes its participants. A room that is gone already is no error.</summary>
    /// <exception cref="LoadTestException">LiveKit does not answer, or refuses.</exception>
    public async Task DeleteAsync(string name, CancellationToken cancellation)
    {
        try
        {
            await CallAsync("DeleteRoom", new DeleteRoomRequest(name),
                (RoomJson.Default.DeleteRoomRequest, RoomJson.Default.DeleteRoomResponse), cancellation);
        }
        catch (RoomServiceException error) when (error.Status == HttpStatusCode.NotFound)
        {
            // The same state as after a deletion.
        }
    }

    private async Task<TAnswer> CallAsync<TQuestion, TAnswer>(
        string method, TQuestion question, (JsonTypeInfo<TQuestion> Question, JsonTypeInfo<TAnswer> Answer) types,
            CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(RequestTimeout);
        using var request = new HttpRequestMessage(HttpMethod.Post,
            $"{credentials.HttpUrl}/twirp/livekit.RoomService/{method}") { Content = JsonContent.Create(question, types.Question) };
        request.Headers.Authorization =
            new AuthenticationHeaderValue("Bearer", AccessToken.ForRooms(credentials, room: null, Validity, time));
        try
        {
            using var response = await http.SendAsync(request, timeout.Token);
            if (!response.IsSuccessStatusCode)
                throw Refused(method, response.StatusCode, await response.Content.ReadAsStringAsync(timeout.Token));

            return await response.Content.ReadFromJsonAsync(types.Answer, timeout.Token) ?? throw new JsonException("null");
        }
        catch (Exception error)
            when (error is HttpRequestException or JsonException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            var why = error is OperationCanceledException ? "no answer in time" : error is JsonException ? "its answer is not LiveKit's"
                : error.GetBaseException().Message;
            throw new RoomServiceException($"{credentials.Url}: {method}: {why}", status: null);
        }
    }

    /// <summary>A missing grant is 401 too. The body can be JSON or plain text, and may repeat the token.</summary>
    private RoomServiceException Refused(string method, HttpStatusCode status, string body)
    {
        var message = SignedTokens.Redact(body).Trim();
        message = message.Length > MaxTextLength ? $"{message[..MaxTextLength]}…" : message;
        return new RoomServiceException(
            status == HttpStatusCode.Unauthorized
                ? $"{credentials.Url} does not accept the API key or secret: '{message}'"
                : $"{credentials.Url}: {method}: {(int)status} '{message}'", status);
    }
}

/// <summary>LiveKit's room service did not do what it was asked for.</summary>
public sealed class RoomServiceException(string message, HttpStatusCode? status)
    : LoadTestException(message, exitCode: status == HttpStatusCode.Unauthorized ? ExitCodes.InvalidParameters : ExitCodes.Failure)
{
    /// <summary>Its status; null when it did not answer.</summary>
    public HttpStatusCode? Status { get; } = status;
}

/// <summary>A room, as far as a load test looks at it; the answer holds a TURN password too, which is not read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Metadata">What its maker wrote on it.</param>
/// <param name="NumParticipants">Participants in it.</param>
/// <param name="NumPublishers">How many of them publish.</param>
public sealed record Room(string Name, string? Metadata, int NumParticipants, int NumPublishers);

internal sealed record ListRoomsRequest(IReadOnlyList<string>? Names);

internal sealed record ListRoomsResponse(IReadOnlyList<Room>? Rooms);

internal sealed record CreateRoomRequest(string Name, int EmptyTimeout, string Metadata);

internal sealed record DeleteRoomRequest(string Room);

internal sealed record DeleteRoomResponse;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ListRoomsRequest))]
[JsonSerializable(typeof(ListRoomsResponse))]
[JsonSerializable(typeof(CreateRoomRequest))]
[JsonSerializable(typeof(DeleteRoomRequest))]
[JsonSerializable(typeof(DeleteRoomResponse))]
[JsonSerializable(typeof(RoomMark))]
internal sealed partial class RoomJson : JsonSerializerContext;
