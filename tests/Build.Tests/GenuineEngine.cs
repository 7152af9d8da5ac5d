using System.Diagnostics;

namespace BuildTests;

/// <summary>Compiles the consumers against the genuine libraries in the folder that NUKE_GENUINE names.</summary>
public sealed class GenuineEngine : IAsyncLifetime
{
    public const string HowToRun = "needs genuine NUKE: publish a project that references Nuke.Common 10.1.0, then run this with "
        + "NUKE_GENUINE=<the folder with Nuke.Common.dll and the libraries beside it>";

    private static readonly string? Libraries = Environment.GetEnvironmentVariable("NUKE_GENUINE");

    public static bool IsThere => Libraries is not null;

    public async ValueTask InitializeAsync()
    {
        foreach (var name in IsThere ? ["Lifecycle", "Parameters", "Outcomes", "Order"] : Array.Empty<string>())
        {
            using var build = Process.Start("dotnet",
            [
                "build", ProjectFolder.Of("Consumers", name, "build", "_build.csproj"), $"-p:NukeGenuine={Libraries}",
                "--nologo", "-v", "quiet", "-nodeReuse:false", "-p:UseSharedCompilation=false",
            ]);
            await build.WaitForExitAsync(TestContext.Current.CancellationToken);
            build.ExitCode.ShouldBe(0);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>The transcripts, repeated with genuine NUKE where somebody has it: not run elsewhere.</summary>
/// <param name="engine">The consumers, compiled.</param>
public sealed class TranscriptsOfGenuineNuke(GenuineEngine engine) : IClassFixture<GenuineEngine>
{
    public static TheoryData<string> Names => TranscriptsOfNuke.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Are_repeated(string name)
    {
        Assert.SkipUnless(GenuineEngine.IsThere, GenuineEngine.HowToRun);
        engine.ShouldNotBeNull();
        await TranscriptsOfNuke.CompareAsync(name, Engines.Genuine);
    }
}
