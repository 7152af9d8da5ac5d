namespace LoadTesting.Model;

/// <summary>Help of the parameters of the load.</summary>
internal static class LoadHelp
{
    public const string ParticipantsPerVm =
        "Participants on each VM. Range: 1 or more. Default: 100 (10 % publish audio, 5 % also video). Example: 200";

    public const string AudioPublishersPerVm = "Audio publishers on each VM. Range: 0 or more. Default: 10 %. Example: 20";

    public const string VideoPublishersPerVm =
        "Video publishers on each VM. Range: 0 or more. Default: half of the audio publishers. Example: 5";

    public const string SubscribersPerVm = "Subscribers on each VM. Range: 0 or more. Default: all that do not publish. Example: 50";

    public const string PublishingVms =
        "Number of VMs that publish; the others subscribe to their rooms. Range: 1 or more. Default: all VMs. Example: 1";

    public const string Rooms = "Rooms of the run: one-per-vm, shared, or a number. Default: one-per-vm. Example: 4";

    public const string VideoResolution = "Resolution of published video: 180p, 360p or 720p. Choices: low, medium, high. Default: low";

    public const string VideoCodec = "Codec of published video. Choices: h264, vp8. Default: h264";

    public const string Layout = "Layout that each subscriber simulates. Choices: speaker, 3x3, 4x4, 5x5. Default: speaker";

    public const string JoinsPerSecond =
        "Joins per second of each VM; lk cannot join faster than the maximum. Range: above 0, at most 10 per second. Default: 5. "
        + "Example: 2.5";

    public const string JoinLimit =
        "Longest time from a participant's turn to its join; one that joins later is not served. Range: above 0s. Default: 10s. "
        + "Example: 5s";

    public const string TestDuration = "How long the load is held after the ramp-up. Range: above 0s. Default: 5m. Example: 30m";

    public const string Stages =
        "Stages of the load, share and duration, instead of --test-duration. Default: one stage. Example: 50%:1m,100%:5m";

    public const string AbortWhen =
        "Conditions that stop the load early, separated by commas. Default: never. Example: connected<50%, errors>10, silent>2, stalled>=1";

    public const string SmokeJoin = "Test LiveKit with two participants before the load starts. Default: true. Example: false";
}

/// <summary>Help of the parameters of Capacity.</summary>
internal static class CapacityHelp
{
    public const string CapacityFrom = "Participants of the first step of Capacity. Range: 1 or more. Default: one VM. Example: 200";

    public const string CapacityTo = "Participants of the largest step of Capacity. Range: 1 or more. Default: all VMs. Example: 1000";

    public const string CapacityStep =
        "Participants that each step of Capacity adds. Range: 1 or more. Default: doubling, then bisection. Example: 100";

    public const string StepDuration = "How long Capacity holds each step after its ramp-up. Range: above 0s. Default: 1m. Example: 3m";
}
