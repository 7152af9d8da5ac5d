namespace LoadTesting.Model;

/// <summary>The requested load.</summary>
public sealed record LoadParameters
{
    /// <summary>The kind of load.</summary>
    public string Kind { get; init; } = RunPlan.FirstKind;

    /// <summary><c>--participants-per-vm</c>.</summary>
    public int ParticipantsPerVm { get; init; } = DefaultOf<int>(LoadHelp.ParticipantsPerVm);

    /// <summary><c>--audio-publishers-per-vm</c>; null: 10 % of the participants.</summary>
    public int? AudioPublishersPerVm { get; init; }

    /// <summary><c>--video-publishers-per-vm</c>; null: half of the audio publishers.</summary>
    public int? VideoPublishersPerVm { get; init; }

    /// <summary><c>--subscribers-per-vm</c>; null: the participants that do not publish.</summary>
    public int? SubscribersPerVm { get; init; }

    /// <summary><c>--publishing-vms</c>: the others only subscribe; null: all publish.</summary>
    public int? PublishingVms { get; init; }

    /// <summary><c>--rooms</c>.</summary>
    public Rooms Rooms { get; init; } = Rooms.OnePerVm;

    /// <summary><c>--video-resolution</c>: low, medium or high.</summary>
    public string VideoResolution { get; init; } = DefaultOf(LoadHelp.VideoResolution);

    /// <summary><c>--video-codec</c>: h264 or vp8.</summary>
    public string VideoCodec { get; init; } = DefaultOf(LoadHelp.VideoCodec);

    /// <summary><c>--layout</c>: speaker, 3x3, 4x4 or 5x5.</summary>
    public string Layout { get; init; } = DefaultOf(LoadHelp.Layout);

    /// <summary><c>--joins-per-second</c>, for each VM.</summary>
    public double JoinsPerSecond { get; init; } = DefaultOf<double>(LoadHelp.JoinsPerSecond);

    /// <summary><c>--join-limit</c>: a participant that joins later than this after its turn is not served.</summary>
    public TimeSpan JoinLimit { get; init; } = DefaultOf<Duration>(LoadHelp.JoinLimit).Value;

    /// <summary><c>--test-duration</c>.</summary>
    public TimeSpan TestDuration { get; init; } = DefaultOf<Duration>(LoadHelp.TestDuration).Value;

    /// <summary><c>--stages</c>; empty: all participants join at once and stay for <see cref="TestDuration"/>.</summary>
    public IReadOnlyList<Stage> Stages { get; init; } = [];

    /// <summary><c>--abort-when</c>, as written; null: the load is held to its end.</summary>
    public string? AbortWhen { get; init; }

    /// <summary><c>--smoke-join</c>: whether two participants try LiveKit for five seconds before the fleet loads it.</summary>
    public bool SmokeJoin { get; init; } = DefaultOf<bool>(LoadHelp.SmokeJoin);
}

/// <summary>How the participants are spread over rooms.</summary>
/// <param name="Count">The number of rooms; null: one for each VM.</param>
public sealed record Rooms(int? Count)
{
    /// <summary>A separate room for each VM: every room fits on one LiveKit node.</summary>
    public static Rooms OnePerVm { get; } = new((int?)null);

    /// <summary>One room for all.</summary>
    public static Rooms Shared { get; } = new(1);

    /// <summary>As written on the command line.</summary>
    public override string ToString() => Count switch { null => "one-per-vm", 1 => "shared", var count => $"{count}" };

    /// <summary>Reads the value from the command line; false when it is none of the three.</summary>
    public static bool TryParse(string? text, out Rooms rooms)
    {
        var isNumber = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count);
        rooms = text == "shared" ? Shared : isNumber ? new Rooms(count) : OnePerVm;
        return isNumber || text is "shared" or "one-per-vm";
    }
}
