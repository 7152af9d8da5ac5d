namespace Reporting.Raw.Lk;

/// <summary>What every known version of lk does when it generates load, whatever its arguments; held to recordings.</summary>
public static class LkFacts
{
    /// <summary>Joins a second beyond which lk silently goes no faster.</summary>
    public const double MaxJoinsPerSecond = 10;

    /// <summary>Packets a second of an audio track of lk's clips: frames of 20 ms.</summary>
    public const double AudioPacketsPerSecond = 50;

    /// <summary>Joins a second when lk's parameter is 0.</summary>
    private const double DefaultJoinsPerSecond = 5;

    /// <summary>
    /// When lk starts a participant (the first one is 0), in seconds after its line "Starting load test": the first two at once, each
    /// further one 1/rate later. lk starts one, then waits for a token of a bucket that holds one.
    /// </summary>
    public static double TurnSeconds(int participant, double joinsPerSecond) =>
        Math.Max(0, participant - 1) / (joinsPerSecond > 0 ? Math.Min(joinsPerSecond, MaxJoinsPerSecond) : DefaultJoinsPerSecond);

    /// <summary>How long lk takes to start that many participants, in seconds: it waits after the last one too.</summary>
    public static double RampUpSeconds(int participants, double joinsPerSecond) => TurnSeconds(participants, joinsPerSecond);

    /// <summary>How many participants a layout shows at a time (livekit-cli, <c>pkg/loadtester</c>).</summary>
    public static int ParticipantsShown(string layout) => layout switch
    {
        "3x3" => 9,
        "4x4" => 16,
        "5x5" => 25,
        _ => 6,
    };
}
