using Reporting.Json;

namespace Reporting.LoadKinds.Participants;

/// <summary>What a plan of participants has besides what every plan has.</summary>
public sealed record PlannedMedia
{
    /// <summary>That of plans that do not have it: version 0.1.0 did not judge participants.</summary>
    private const double DefaultJoinLimitSeconds = 10;

    /// <summary>Layout simulated by each subscriber: speaker, 3x3, 4x4 or 5x5.</summary>
    public required string Layout { get; init; }

    /// <summary>Video codec of the publishers: h264 or vp8.</summary>
    public required string VideoCodec { get; init; }

    /// <summary>Video resolution of the publishers: low, medium or high.</summary>
    public required string VideoResolution { get; init; }

    /// <summary>Audio packets a second that are due on each audio track.</summary>
    public double AudioPacketsPerSecond { get; init; } = 50;

    /// <summary>A participant that joins later than this after its turn is not served, in seconds.</summary>
    public double JoinLimitSeconds { get; init => field = value > 0 ? value : DefaultJoinLimitSeconds; } = DefaultJoinLimitSeconds;
}

/// <summary>
/// What is expected of one <c>lk load-test</c> process. Its command line has the counts too; these are compared with what lk prints.
/// </summary>
public sealed record PlannedParticipants
{
    /// <summary>The identity prefix of its participants; unique to run, host and process.</summary>
    public required string IdentityPrefix { get; init; }

    /// <summary>Participants that publish video (they publish audio too, as far as there are audio publishers).</summary>
    public required int VideoPublishers { get; init; }

    /// <summary>Participants that publish audio.</summary>
    public required int AudioPublishers { get; init; }

    /// <summary>Participants that subscribe.</summary>
    public required int Subscribers { get; init; }

    /// <summary>Participants that join each second.</summary>
    public required double JoinsPerSecond { get; init; }

    /// <summary>Fewest tracks that a subscriber gets when all is well (the layout limits the participants that it shows).</summary>
    public required int MinTracksPerSubscriber { get; init; }

    /// <summary>Most tracks that a subscriber can get.</summary>
    public required int MaxTracksPerSubscriber { get; init; }
}

/// <summary>How the parts of documents that only this kind of load has are written and read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    Converters = [typeof(FiniteNumbers)])]
[JsonSerializable(typeof(PlannedMedia))]
[JsonSerializable(typeof(PlannedParticipants))]
[JsonSerializable(typeof(ParticipantsShape))]
public sealed partial class ParticipantsJson : JsonSerializerContext;
