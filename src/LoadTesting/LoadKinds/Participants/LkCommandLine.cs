namespace LoadTesting.LoadKinds.Participants;

/// <summary>Command lines of <c>lk</c>, word by word. Credentials are never among the words: they go by environment.</summary>
public static class LkCommandLine
{
    /// <summary>The words after <c>lk</c> for one load-test process.</summary>
    /// <remarks>
    /// <c>--publishers</c> is the same flag as <c>--video-publishers</c> and is never passed: given both, older versions refuse
    /// with exit code 0 and newer ones let the last win. The room and the identity prefix are always passed: lk's own are
    /// random and collide. The codec too, or lk mixes h264 and vp8 and no two runs compare.
    /// </remarks>
    public static IReadOnlyList<string> LoadTest(LoadParameters load, Mix mix, double joinsPerSecond, string room, string identityPrefix) =>
    [
        "load-test",
        "--room", room,
        "--identity-prefix", identityPrefix,
        .. Count("--video-publishers", mix.VideoPublishers),
        .. Count("--audio-publishers", mix.AudioPublishers),
        .. Count("--subscribers", mix.Subscribers),
        "--video-resolution", load.VideoResolution,
        "--video-codec", load.VideoCodec,
        "--layout", load.Layout,
        "--num-per-second", joinsPerSecond.ToString("0.###"),
        "--duration", $"{load.TestDuration.TotalSeconds.ToString("0.###")}s",
    ];

    private static string[] Count(string flag, int value) => value == 0 ? [] : [flag, value.ToString()];
}
