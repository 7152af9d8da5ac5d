namespace Reporting.Summary;

/// <summary>
/// The load per LiveKit pod at the moment of most participants, by the pods' own metrics. A room is on one pod, so a load of few rooms is
/// uneven.
/// </summary>
public sealed record Placement
{
    /// <summary>The moment.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Each pod or URL whose metrics were read, the fullest first.</summary>
    public required IReadOnlyList<PodLoad> Pods { get; init; }

    /// <summary>Pods that were ready at some time and whose metrics were never read.</summary>
    public required int PodsNotRead { get; init; }

    /// <summary>Participants on the fullest pod over the mean of all pods that were read: 1 is even, their number is all on one.</summary>
    public required double ParticipantsMostToMean { get; init; }

    /// <summary>Rooms on the pod with most of them over the mean; null when rooms were not counted, or there were none.</summary>
    public double? RoomsMostToMean { get; init; }

    /// <summary>Which room was on which pod, or why that is not known.</summary>
    public required string RoomsWhere { get; init; }
}

/// <summary>What was on a pod.</summary>
/// <param name="Pod">Its name, or its URL when it was read by that.</param>
/// <param name="Rooms">Rooms on it; null when they were not counted.</param>
/// <param name="Participants">Participants on it.</param>
/// <param name="Share">Its part of all participants.</param>
public sealed record PodLoad(string Pod, int? Rooms, int Participants, double Share);
