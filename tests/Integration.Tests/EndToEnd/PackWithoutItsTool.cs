namespace Integration.Tests.EndToEnd;

/// <summary>A feed may lack the tool that writes the bill of materials: Pack says so before it touches anything.</summary>
public sealed class PackWithoutItsTool : IDisposable
{
    private const string EmptyFeed =
        """<configuration><packageSources><clear /><add key="empty" value="feed" /></packageSources></configuration>""";

    private readonly Operator _operator = new();

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task Is_refused_and_what_was_packed_before_stays()
    {
        (await _operator.RunAsync("--help")).ExitCode.ShouldBe(0);
        var packed = At("artifacts", "SHA256SUMS");
        await File.WriteAllTextAsync(packed, "", TestContext.Current.CancellationToken);
        File.Copy(Path.Combine(Operator.Checkout, ".config", "dotnet-tools.json"), At(".config", "dotnet-tools.json"));
        await File.WriteAllTextAsync(At("nuget.config"), EmptyFeed, TestContext.Current.CancellationToken);
        Directory.CreateDirectory(At("feed"));

        var said = await _operator.RunAsync("Pack", ("NUGET_PACKAGES", At("packages")), ("DOTNET_CLI_HOME", _operator.Root));

        said.ExitCode.ShouldBe(1, said.Text);
        said.Text.ShouldContain("Nothing was packed: the feed lacks the tool that writes the bill of materials: Version ");
        said.Text.ShouldContain("cyclonedx is not found in NuGet feeds");
        File.Exists(packed).ShouldBeTrue();
    }

    /// <summary>A path below the operator's root, in a folder that exists.</summary>
    private string At(params string[] parts)
    {
        var path = Path.Combine([_operator.Root, .. parts]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
