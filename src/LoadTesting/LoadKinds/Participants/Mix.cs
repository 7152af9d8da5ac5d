namespace LoadTesting.LoadKinds.Participants;

/// <summary>Who does what among the participants of a VM or of one process.</summary>
/// <param name="VideoPublishers">Participants that publish video.</param>
/// <param name="AudioPublishers">Participants that publish audio.</param>
/// <param name="Subscribers">Participants that subscribe.</param>
public sealed record Mix(int VideoPublishers, int AudioPublishers, int Subscribers)
{
    /// <summary>All participants: lk's first publishers publish both audio and video, so the larger number counts.</summary>
    public int Participants => Math.Max(VideoPublishers, AudioPublishers) + Subscribers;

    /// <summary>Participants that publish audio and video.</summary>
    public int PublishBoth => Math.Min(VideoPublishers, AudioPublishers);

    /// <summary>Participants that publish one of them only.</summary>
    public int PublishOne => Math.Abs(VideoPublishers - AudioPublishers);

    /// <summary>The mix of one VM: 10 % publish audio, half of them video too, the rest subscribes; or as given.</summary>
    public static Mix Of(LoadParameters load)
    {
        var audio = load.AudioPublishersPerVm ?? Tenth(load.ParticipantsPerVm);
        var video = load.VideoPublishersPerVm ?? audio / 2;
        return new Mix(video, audio, load.SubscribersPerVm ?? load.ParticipantsPerVm - Math.Max(audio, video));
    }

    /// <summary>The mix of the VM at an index: beyond those that publish, it only subscribes.</summary>
    public static Mix Of(LoadParameters load, int vm) =>
        vm < (load.PublishingVms ?? int.MaxValue) ? Of(load) : Of(load) with { VideoPublishers = 0, AudioPublishers = 0 };

    /// <summary>This mix's part number <paramref name="index"/> when it is split evenly into <paramref name="parts"/>.</summary>
    public Mix Share(int parts, int index) =>
        new(Share(VideoPublishers, parts, index), Share(AudioPublishers, parts, index), Share(Subscribers, parts, index));

    /// <summary>Those that join while the load goes from one share of itself to the next.</summary>
    public Mix Between(double from, double to)
    {
        // Participants are divided, not tracks: one that publishes both is one.
        var (both, one) = (Between(PublishBoth, from, to), Between(PublishOne, from, to));
        return new Mix(
            both + (VideoPublishers > AudioPublishers ? one : 0), both
                + (VideoPublishers > AudioPublishers ? 0 : one), Between(Subscribers, from, to));
    }

    private static int Between(int total, double from, double to) => UpTo(total, to) - UpTo(total, from);

    private static int UpTo(int total, double share) => (int)Math.Round(total * share, MidpointRounding.AwayFromZero);

    private static int Share(int total, int parts, int index) => (total / parts) + (index < total % parts ? 1 : 0);

    /// <summary>10 %, rounded, but at least one publisher: a room without publishers measures nothing.</summary>
    private static int Tenth(int participants) => Math.Max(1, (int)Math.Round(participants * 0.10, MidpointRounding.AwayFromZero));
}
