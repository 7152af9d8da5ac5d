using System.Diagnostics.CodeAnalysis;

namespace Reporting.LoadKinds.Participants;

/// <summary>A load of participants.</summary>
public sealed record ParticipantsShape : LoadShape
{
    /// <summary>Makes one to be filled.</summary>
    [JsonConstructor]
    public ParticipantsShape()
    {
    }

    [SetsRequiredMembers]
    internal ParticipantsShape(RunPlan plan)
        : base(plan)
    {
        var processes = plan.Processes.Select(process => process.Read(ParticipantsJson.Default.PlannedParticipants)).ToList();
        VideoPublishers = processes.Sum(process => process.VideoPublishers);
        AudioPublishers = processes.Sum(process => process.AudioPublishers);
        Subscribers = processes.Sum(process => process.Subscribers);
        JoinsPerSecond = processes.Sum(process => process.JoinsPerSecond);
        var media = plan.Read(ParticipantsJson.Default.PlannedMedia);
        (Layout, VideoCodec, VideoResolution) = (media.Layout, media.VideoCodec, media.VideoResolution);
    }

    /// <summary>Participants that publish video.</summary>
    public required int VideoPublishers { get; init; }

    /// <summary>Participants that publish audio.</summary>
    public required int AudioPublishers { get; init; }

    /// <summary>Participants that subscribe.</summary>
    public required int Subscribers { get; init; }

    /// <summary>Layout simulated by each subscriber.</summary>
    public required string Layout { get; init; }

    /// <summary>Video codec of the publishers.</summary>
    public required string VideoCodec { get; init; }

    /// <summary>Video resolution of the publishers.</summary>
    public required string VideoResolution { get; init; }

    /// <inheritdoc/>
    public override string Roles() =>
        $"{Count(VideoPublishers)} publish video, {Count(AudioPublishers)} publish audio, {Count(Subscribers)} subscribe";

    /// <inheritdoc/>
    public override string Media() => $"Video {VideoCodec} at {VideoResolution} resolution; subscribers show the layout {Layout}.";

    /// <inheritdoc/>
    public override IReadOnlyList<(string What, object Value)> Likeness() =>
    [
        ("video codec", VideoCodec),
        ("video resolution", VideoResolution),
        ("layout", Layout),
        ("rooms", Rooms),
        ("video publishers", VideoPublishers),
        ("audio publishers", AudioPublishers),
        ("subscribers", Subscribers),
    ];

    private static string Count(int value) => Format.Show(value, Unit.Count);
}
