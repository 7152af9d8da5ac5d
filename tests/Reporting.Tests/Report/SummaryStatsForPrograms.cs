using NJsonSchema;
using Reporting.Rendering.Json;
using Reporting.Summary;

namespace Reporting.Tests.Report;

public sealed class SummaryStatsForPrograms
{
    private static readonly string SchemaPath = Path.GetFullPath(
        Path.Combine(Golden.ProjectDirectory, "..", "..", "docs", "reference", "summary-stats.schema.json"));

    [Fact]
    public void The_published_schema_is_the_one_of_the_types() => SummarySchema.Text.ShouldBeAsIn(SchemaPath);

    [Theory, InlineData("healthy"), InlineData("failed"), InlineData("inconclusive")]
    public async Task What_is_written_is_valid_by_the_published_schema(string fate)
    {
        var schema = await JsonSchema.FromJsonAsync(SummarySchema.Text, TestContext.Current.CancellationToken);

        schema.Validate(SummaryJson.Write(WritersOfTheReport.Sample(fate))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\"hostsMeasured\": 10", "\"hostsMeasured\": \"10\"")]
    [InlineData("\"verdict\": \"Passed\"", "\"verdict\": \"Fine\"")]
    [InlineData("\"layout\": \"speaker\"", "\"layout\": null")]
    public async Task The_schema_refuses_what_is_wrong(string right, string wrong)
    {
        var schema = await JsonSchema.FromJsonAsync(SummarySchema.Text, TestContext.Current.CancellationToken);
        var text = SummaryJson.Write(Samples.Healthy);
        text.ShouldContain(right);

        schema.Validate(text.Replace(right, wrong)).ShouldNotBeEmpty();
    }

    [Fact]
    public void Reading_what_was_written_and_writing_it_again_changes_nothing()
    {
        var text = SummaryJson.Write(Samples.Failed);

        SummaryJson.Write(SummaryJson.Read(text)).ShouldBe(text);
    }

    [Fact]
    public void What_was_not_measured_is_null_and_never_zero()
    {
        var fleet = new MediaFigures { ParticipantsPlanned = 100 };
        var json = SummaryJson.Write(Samples.Healthy with { Fleet = fleet });

        fleet.AudioDeliveryRatio.ShouldBeNull();
        json.ShouldContain("\"lkPacketLossRatio\": null");
    }

    [Fact]
    public void Loss_is_the_sum_of_drops_over_the_sum_of_packets()
    {
        var media = new MediaFigures { ParticipantsPlanned = 2, LkPackets = 99_990 + 50, LkPacketsDropped = 10 + 50 };

        media.LkPacketLossRatio!.Value.ShouldBe(60.0 / 100_100, 1e-12);
    }

    [Fact]
    public void Nothing_due_is_nothing_measured()
    {
        var media = new MediaFigures
        {
            ParticipantsPlanned = 2, AudioPacketsDue = 0, AudioPacketsReceived = 0, LkPackets = 0, LkPacketsDropped = 0,
        };

        media.AudioDeliveryRatio.ShouldBeNull();
        media.LkPacketLossRatio.ShouldBeNull();
    }
}
