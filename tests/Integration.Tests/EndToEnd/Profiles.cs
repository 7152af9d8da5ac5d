using System.Text.Json;

namespace Integration.Tests.EndToEnd;

/// <summary>Each profile says what it is for, and plans.</summary>
public sealed class Profiles : IDisposable
{
    private readonly Operator _operator = new();

    public static TheoryData<string> Names =>
        [.. Directory.EnumerateFiles(Path.Combine(Operator.Checkout, ".nuke"), "parameters.*.json")
            .Select(file => Path.GetFileName(file).Split('.')[1])];

    public void Dispose() => _operator.Dispose();

    [Theory]
    [InlineData("rehearsal", "190 participants in 10 rooms")]
    [InlineData("original", "1000 participants in 10 rooms")]
    [InlineData("heavy", "2000 participants in 10 rooms")]
    [InlineData("livekit-audio-room", "3010 participants in 1 room")]
    [InlineData("livekit-large-meeting", "300 participants in 1 room")]
    [InlineData("livekit-livestream", "3001 participants in 1 room")]
    public async Task Plan_what_they_are_for(string profile, string load)
    {
        var said = await _operator.RunAsync($"Plan --profile {profile}");

        said.ExitCode.ShouldBe(0, said.Text);
        string.Join(' ', said.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ShouldContain(load);
    }

    [Fact]
    public async Task Are_listed_by_Plan_with_their_purpose()
    {
        var said = await _operator.RunAsync("Plan");

        var text = string.Join(' ', said.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        foreach (var profile in Names.Select(row => row.Data))
        {
            using var file = JsonDocument.Parse(
                await File.ReadAllTextAsync(Path.Combine(Operator.Checkout, ".nuke", $"parameters.{profile}.json"),
                TestContext.Current.CancellationToken));
            text.ShouldContain($"--profile {profile} {file.RootElement.GetProperty("$purpose").GetString()}");
        }
    }

    [Fact]
    public async Task Original_is_the_defaults()
    {
        var defaults = await _operator.RunAsync("Plan --no-logo");
        var original = await _operator.RunAsync("Plan --no-logo --profile original");

        Rows(original).ShouldBe(Rows(defaults));
    }

    private static IEnumerable<string> Rows(Said said) =>
        said.Text.Split('\n').TakeWhile(line => !line.StartsWith("Nothing was changed", StringComparison.Ordinal));
}
