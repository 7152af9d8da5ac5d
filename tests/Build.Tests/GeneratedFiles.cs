namespace BuildTests;

/// <summary>The files that a build writes are those of genuine NUKE, byte for byte.</summary>
public sealed class GeneratedFiles
{
    [Theory]
    [InlineData(".nuke/build.schema.json", "4.build.schema.json")]
    [InlineData(".github/workflows/load-test.yml", "4.load-test.yml")]
    [InlineData(".github/workflows/load_test_inputs.yml", "4.load_test_inputs.yml")]
    public async Task Are_those_of_nuke(string file, string recorded)
    {
        using var root = new BuildRoot();
        await using var program = new Consumer("Parameters").Start(root, Invocation.Parse("_build Show"));
        (await program.ExitCodeAsync()).ShouldBe(0);

        // Recorded where sorting followed a culture; both engines sort by code point when there is none.
        const string vsCode = "        \"VSCode\"", visualStudio = "        \"VisualStudio\"";
        var expected = await File.ReadAllTextAsync(ProjectFolder.Of("Transcripts", recorded), TestContext.Current.CancellationToken);
        expected = expected.Replace($"{visualStudio},\n{vsCode}", $"{vsCode},\n{visualStudio}", StringComparison.Ordinal);
        (await File.ReadAllTextAsync(root.At(file), TestContext.Current.CancellationToken)).ShouldBe(expected);
    }

    [Fact]
    public async Task Are_left_alone_when_nothing_changes()
    {
        using var root = new BuildRoot();
        root.WriteWorkflows();
        await using (var first = new Consumer("Parameters").Start(root, Invocation.Parse("_build Show")))
            await first.ExitCodeAsync();
        var old = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        string[] files = [root.At(".nuke/build.schema.json"), root.At(".nuke/parameters.json"), root.At(".github/workflows/load-test.yml")];
        foreach (var file in files)
            File.SetLastWriteTimeUtc(file, old);

        await using var second = new Consumer("Parameters").Start(root, Invocation.Parse("_build Show"));
        (await second.ExitCodeAsync()).ShouldBe(0);
        files.ShouldAllBe(file => File.GetLastWriteTimeUtc(file) == old);
    }
}
