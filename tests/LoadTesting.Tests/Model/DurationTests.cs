namespace LoadTesting.Tests.Model;

public sealed class DurationTests
{
    [Theory]
    [InlineData("5m", 300)]
    [InlineData("90s", 90)]
    [InlineData("1h30m", 5400)]
    [InlineData("00:05:00", 300)]
    [InlineData("250ms", 0.25)]
    [InlineData("1.5h", 5400)]
    [InlineData(" 1d2h3m4s5ms ", 93784.005)]
    public void Is_read_as_people_write_it(string text, double seconds)
    {
        Duration.TryParse(text, out var duration).ShouldBeTrue();
        duration.Value.TotalSeconds.ShouldBe(seconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    [InlineData("5")]
    [InlineData("366d")]
    [InlineData("366.00:00:00")]
    [InlineData("-5m")]
    [InlineData("5 apples")]
    [InlineData("-00:05:00")]
    [InlineData("999999999d")]
    [InlineData("5m1h")]
    [InlineData("5m5m")]
    [InlineData("1.5.2h")]
    [InlineData("h")]
    [InlineData("5m3")]
    public void Anything_else_is_refused(string? text) => Duration.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("1h30m")]
    [InlineData("90s", "1m30s")]
    [InlineData("0s")]
    public void Is_written_the_shortest_way(string text, string? written = null)
    {
        Duration.TryParse(text, out var duration).ShouldBeTrue();
        duration.ToString().ShouldBe(written ?? text);
    }
}
