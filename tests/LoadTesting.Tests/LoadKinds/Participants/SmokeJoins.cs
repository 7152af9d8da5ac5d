using System.Globalization;
using System.Text;
using LoadTesting.Hosts;
using LoadTesting.LoadKinds.Participants;

namespace LoadTesting.Tests.LoadKinds.Participants;

public sealed class SmokeJoins
{
    [Theory]
    [InlineData(300, 50d)] // 20 ms, as all known versions
    [InlineData(296, 50d)] // one or two packets of the edges
    [InlineData(150, 25d)] // 40 ms
    [InlineData(200, 1000d / 30)]
    [InlineData(255, null)] // 15 % lost: no frame length makes 42.5 a second
    public void Audio_is_due_at_the_rate_of_a_frame_length_and_a_loss_is_not_taken_for_one(int packets, double? due)
    {
        var smoke = SmokeJoin.Read(Said(packets));

        smoke.Tracks.ShouldBe(2);
        smoke.AudioPacketsPerSecond.ShouldNotBeNull().ShouldBe(packets / 6d, 0.001);
        smoke.DueAudioPacketsPerSecond.ShouldBe(due);
    }

    [Fact]
    public void No_media_is_an_error_that_says_what_to_open()
    {
        var smoke = SmokeJoin.Read(
            new ShellResult(1, Encoding.UTF8.GetBytes("1764000000.000001 could not connect to server: dial tcp: connection refused\n"),
            ""));

        var error = smoke.Fault("vm-01", "wss://livekit.example.com").ShouldNotBeNull();
        error.Message.ShouldContain("vm-01");
        error.Message.ShouldContain("no media arrived");
    }

    /// <summary>As lk 2.16.4 prints it for one publisher and one subscriber.</summary>
    private static ShellResult Said(int audioPackets)
    {
        (double At, string Line)[] lines =
        [
            (0, "Starting load test with 1 video publishers, 1 audio publishers, 1 subscribers, room: loadtest-smoke-x"),
            (0.2, "publishing audio track - smoke_pub_0"),
            (0.2, "publishing simulcast video track - smoke_pub_0"),
            (0.5, "subscribed to track smoke_1 TR_AMaudio audio 1/2"),
            (0.5, "subscribed to track smoke_1 TR_VCvideo video 2/2"),
            (1.0, "Finished connecting to room, waiting 5s"),
            (6.5, ""),
            (6.5, "Track loading:"),
            (6.5, "│ Tester │ Track      │ Kind  │ Pkts. │ Bitrate  │ Pkt. Loss │"),
            (6.5, FormattableString.Invariant($"│ Sub 0  │ TR_AMaudio │ audio │ {audioPackets}   │ 16.0kbps │ 0 (0%)    │")),
            (6.5, "│        │ TR_VCvideo │ video │ 180   │ 130.0kbps │ 0 (0%)   │"),
            (6.5, ""),
            (6.5, "Subscriber summaries:"),
            (6.5, "│ Tester │ Tracks │ Bitrate   │ Total Pkt. Loss │ Error │"),
            (6.5, "│ Sub 0  │ 2/2    │ 146.0kbps │ 0 (0%)          │ -     │"),
            (6.5, "│ Total  │ 2/2    │ 146.0kbps (146.0kbps avg) │ 0 (0%) │ 0 │"),
        ];
        var text = string.Concat(
            lines.Select(line => string.Create(CultureInfo.InvariantCulture, $"{1764000000 + line.At:0.000000} {line.Line}\n")));
        return new ShellResult(0, Encoding.UTF8.GetBytes(text), "");
    }
}
