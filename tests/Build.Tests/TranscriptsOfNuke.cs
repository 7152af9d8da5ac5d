namespace BuildTests;

/// <summary>The stand-in prints what genuine NUKE printed, line for line, and ends with the same exit code.</summary>
public sealed class TranscriptsOfNuke
{
    // These three follow on each other, see ContinuedBuilds.
    public static TheoryData<string> Names => [.. Transcript.Names.Where(name => !name.StartsWith("2h", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Names))]
    public Task Are_repeated(string name) => CompareAsync(name, Engines.StandIn);

    internal static async Task CompareAsync(string name, string engine)
    {
        var transcript = Transcript.Load(name);
        using var root = new BuildRoot();
        Arrange.For(name, root);
        await using var program = Consumer.Of(name).Start(root, transcript.Invocation, engine);
        var exitCode = await program.ExitCodeAsync();
        var expected = ComparableOutput.Of(transcript.Output, root.Path);
        ComparableOutput.Of(program.Output, root.Path).ShouldBe(expected, StringCompareShould.IgnoreLineEndings);
        exitCode.ShouldBe(transcript.ExitCode);
    }
}
