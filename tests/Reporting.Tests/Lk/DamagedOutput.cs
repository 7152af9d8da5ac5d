using System.Text;
using Reporting.LoadKinds.Participants;
using Reporting.Raw.Lk;

namespace Reporting.Tests.Lk;

public sealed class DamagedOutput
{
    private const string TrackHeader = "│ Tester │ Track │ Kind │ Pkts. │ Bitrate │ Pkt. Loss │";
    private const string SummaryHeader = "│ Tester │ Tracks │ Bitrate │ Total Pkt. Loss │ Error │";

    [Fact]
    public void Bytes_that_are_no_UTF_8_do_not_stop_it()
    {
        byte[] bytes = [.. "subscribed to track p_1 TR_A audio 1/1\n"u8, 0xE2, 0x94, .. "\nFinished connecting to room, waiting 5s"u8];

        var output = Read(bytes);

        output.Subscriptions.Count.ShouldBe(1);
        output.FinishedConnecting.ShouldBeTrue();
        output.UnknownLineCount.ShouldBe(1);
    }

    [Fact]
    public void A_row_cut_off_in_the_middle_is_counted_and_left_out()
    {
        var output = Read($"{TrackHeader}\n│ Sub 0 │ TR_A │ audio │ 10 │ 1.0kbps │ 0 (0%) │\n│       │ TR_B │ audio │ 1");

        output.Tracks.Single().Packets.ShouldBe(10);
        output.DamagedRows.ShouldBe(1);
        output.Tables.ShouldBe(LkTables.Cut);
    }

    [Theory]
    [InlineData("│ Sub 0 │ TR_A │ audio │ -5 │ 1.0kbps │ 0 (0%) │")]
    [InlineData("│ Sub 0 │ TR_A │ audio │ 99999999999999999999 │ 1.0kbps │ 0 (0%) │")]
    [InlineData("│ Sub 0 │ TR_A │ smell │ 5 │ 1.0kbps │ 0 (0%) │")]
    public void Impossible_numbers_are_damage(string row)
    {
        var output = Read($"{TrackHeader}\n{row}\n");

        output.Tracks.ShouldBeEmpty();
        output.DamagedRows.ShouldBe(1);
    }

    [Fact]
    public void A_line_beyond_all_measure_is_cut_and_said_to_be()
    {
        var output = Read(new string('x', 1_000_000) + "\nFinished connecting to room, waiting 5s\n");

        output.Truncated.ShouldBeTrue();
        output.FinishedConnecting.ShouldBeTrue();
        output.Lines.ShouldBe(2);
    }

    [Fact]
    public void Of_unknown_lines_all_are_counted_and_the_first_and_last_are_kept()
    {
        var output = Read(string.Join('\n', Enumerable.Range(0, 1000).Select(i => $"line {i}")));

        output.UnknownLineCount.ShouldBe(1000);
        output.UnknownLines.Count.ShouldBe(40);
        output.UnknownLines[0].ShouldBe("line 0");
        output.UnknownLines[^1].ShouldBe("line 999");
        output.Complaint.ShouldBe("line 0");
    }

    [Fact]
    public void Signed_tokens_are_blotted_out_wherever_they_stand()
    {
        const string Token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl-_";

        var output = Read($"could not connect Sub 0: unauthorized: {Token}, bye\nodd {Token}\n{SummaryHeader}\n│ Sub 0 │ 0/1 │ NaNmbps │ "
            + $"- │ no: {Token} │\n");

        output.FailedJoins.Single().Error.ShouldBe("unauthorized: <token>, bye");
        output.UnknownLines.Single().ShouldBe("odd <token>");
        output.Subscribers.Single().Error.ShouldBe("no: <token>");
    }

    [Fact]
    public void An_error_text_may_hold_the_separators_of_the_table_and_line_feeds()
    {
        var output = Read($"{SummaryHeader}\n│ Sub 0 │ 0/1 │ NaNmbps │ - │ a │ b │\n│       │     │         │   │ c     │\n");

        output.Subscribers.Single().Error.ShouldBe("a │ b c");
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("12", 12)]
    [InlineData("\0", 0)]
    [InlineData("\x03", 3)]
    [InlineData("\r", 13)]
    [InlineData(" ", 1)]
    public void The_number_of_errors_may_be_digits_or_the_character_with_that_code(string cell, int errors)
    {
        var output = Read($"{SummaryHeader}\n│ Sub 0 │ 0/1 │ NaNmbps │ - │ not found │\n│ Total │ 0/1 │ NaNmbps (NaNmbps avg) │ - │ "
            + $"{cell} │\n└───┘\n");

        output.Total!.Errors.ShouldBe(errors);
        output.Tables.ShouldBe(LkTables.Complete);
    }

    [Fact]
    public void Times_that_are_missing_or_damaged_are_missing()
    {
        using var log = new MemoryStream("a\nb\nFinished connecting to room, waiting 5s\n"u8.ToArray());
        using var times = new MemoryStream("1.5\nNaN\n"u8.ToArray());

        var output = LkOutputParser.Read(new LkStreams(log, times));

        output.LastLineAt.ShouldBe(1.5);
        output.FinishedConnecting.ShouldBeTrue();
        output.ConnectedAt.ShouldBeNull();
    }

    private static LkOutput Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private static LkOutput Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return LkOutputParser.Read(new LkStreams(stream));
    }
}
