namespace BuildTests;

/// <summary>A build that goes on where the one before failed.</summary>
public sealed class ContinuedBuilds
{
    [Fact]
    public async Task Skip_what_succeeded_unless_the_command_line_has_changed()
    {
        using var root = new BuildRoot();
        foreach (var name in Transcript.Names.Where(name => name.StartsWith("2h", StringComparison.Ordinal)))
        {
            var transcript = Transcript.Load(name);
            await using var program = Consumer.Of(name).Start(root, transcript.Invocation);
            var exitCode = await program.ExitCodeAsync();
            ComparableOutput.Of(program.Output, root.Path).ShouldBe(ComparableOutput.Of(transcript.Output, root.Path), name);
            exitCode.ShouldBe(transcript.ExitCode, name);
        }
    }
}
