using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace Integration.Tests.EndToEnd;

/// <summary>What Pack makes runs on a machine without .NET, in no checkout, and says what it is made of.</summary>
public sealed class Packed : IAsyncLifetime
{
    private const string Platform = "linux-x64";
    private static readonly string Artifacts = Path.Combine(Operator.Checkout, "artifacts");
    private readonly Operator _operator = new();
    private readonly DirectoryInfo _machine = Directory.CreateTempSubdirectory();

    private string Program => Path.Combine(Directory.GetDirectories(_machine.FullName, "loadtest-*").Single(), "loadtest");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64, $"packs and runs {Platform}");
        // On a build server NUKE writes no log: that of this checkout is held open by whoever runs the tests.
        var (exitCode, text) = await RunAsync("bash", [Path.Combine(Operator.Checkout, "build.sh"), "Pack", "--pack-for", Platform, "--host", "GitHubActions"], Operator.Checkout, withoutDotnet: false);
        exitCode.ShouldBe(0, text);
        await using var archive = new GZipStream(File.OpenRead(Directory.GetFiles(Artifacts, "loadtest-*.tar.gz").Single()), CompressionMode.Decompress);
        await TarFile.ExtractToDirectoryAsync(archive, _machine.FullName, overwriteFiles: false, Cancellation);
    }

    public ValueTask DisposeAsync()
    {
        _operator.Dispose();
        _machine.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Runs_the_whole_job_without_dotnet_and_names_its_parts()
    {
        var root = Directory.CreateDirectory(Path.Combine(_machine.FullName, "root")).FullName;

        var (exitCode, text) = await RunAsync(Program, ["Report", "--profile", "rehearsal", "--root", root, "--instance-count", "2", "--test-duration", "6s"], _machine.FullName, withoutDotnet: true);

        exitCode.ShouldBe(0, text);
        text.ShouldContain("PASSED");
        File.Exists(Path.Combine(root, "results", "final-report.html")).ShouldBeTrue();
        Directory.Exists(Path.Combine(root, ".github")).ShouldBeFalse();

        var here = Directory.CreateDirectory(Path.Combine(_machine.FullName, "here")).FullName;
        (await RunAsync(Program, ["Plan", "--profile", "heavy"], here, withoutDotnet: true)).ExitCode.ShouldBe(0);
        File.Exists(Path.Combine(here, ".nuke", "parameters.heavy.json")).ShouldBeTrue();
        (await RunAsync(Program, ["Plan", "--root", "/proc/nowhere"], here, withoutDotnet: true)).ExitCode.ShouldBe(104);
        (await RunAsync(Program, ["Test"], here, withoutDotnet: true)).Text.ShouldContain("run ./build.sh in a checkout");

        using var sbom = JsonDocument.Parse(await File.ReadAllTextAsync(Directory.GetFiles(Artifacts, "*.cdx.json").Single(), Cancellation));
        Validate(sbom.RootElement);
        (await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(Program)!, "LICENCES.md"), Cancellation)).ShouldContain("| KubernetesClient |");
        Directory.GetFiles(Artifacts, "LoadTest.Reporting.*.nupkg").ShouldHaveSingleItem();
        (await RunAsync("sha256sum", ["--check", "--strict", "SHA256SUMS"], Artifacts, withoutDotnet: false)).ExitCode.ShouldBe(0);
    }

    /// <summary>What CycloneDX 1.6 requires of a document, of its components and of references between them; and that nothing is left out.</summary>
    private static void Validate(JsonElement sbom)
    {
        sbom.GetProperty("bomFormat").GetString().ShouldBe("CycloneDX");
        sbom.GetProperty("specVersion").GetString().ShouldBe("1.6");
        var program = sbom.GetProperty("metadata").GetProperty("component");
        program.GetProperty("type").GetString().ShouldBe("application");
        var components = sbom.GetProperty("components").EnumerateArray().ToList();
        components.ShouldAllBe(component => component.GetProperty("type").GetString() == "library" && component.GetProperty("name").GetString()!.Length > 0 && component.GetProperty("version").GetString()!.Length > 0);
        components.ShouldAllBe(component => component.GetProperty("purl").GetString() == $"pkg:nuget/{component.GetProperty("name").GetString()}@{component.GetProperty("version").GetString()}");
        components.ShouldAllBe(component => component.GetProperty("licenses").GetArrayLength() == 1);
        var references = components.Append(program).Select(component => component.GetProperty("bom-ref").GetString()!).ToList();
        references.ShouldBeUnique();
        var dependencies = sbom.GetProperty("dependencies").EnumerateArray().ToList();
        dependencies.Select(dependency => dependency.GetProperty("ref").GetString()!).ShouldBe(references, ignoreOrder: true);
        dependencies.SelectMany(dependency => dependency.GetProperty("dependsOn").EnumerateArray()).Select(need => need.GetString()!).ShouldBeSubsetOf(references);

        using var locked = JsonDocument.Parse(File.ReadAllText(Path.Combine(Operator.Checkout, "build", "packages.lock.json")));
        var packages = locked.RootElement.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject().Where(entry => entry.Value.GetProperty("type").GetString() != "Project");
        packages.Select(entry => $"pkg:nuget/{entry.Name}@{entry.Value.GetProperty("resolved").GetString()}").ShouldBeSubsetOf(references);
        components.ShouldContain(component => component.GetProperty("name").GetString() == $"Microsoft.NETCore.App.Runtime.{Platform}");
        components.Single(component => component.GetProperty("name").GetString() == "SSH.NET").GetProperty("scope").GetString().ShouldBe("required");
        components.Single(component => component.GetProperty("name").GetString() == "Meziantou.Analyzer").GetProperty("scope").GetString().ShouldBe("excluded");
    }

    /// <summary>A folder with every program of the machine but dotnet.</summary>
    private string Programs()
    {
        var folder = Path.Combine(_machine.FullName, "bin");
        if (Directory.Exists(folder))
            return folder;

        Directory.CreateDirectory(folder);
        foreach (var program in Environment.GetEnvironmentVariable("PATH")!.Split(':').Where(Directory.Exists).SelectMany(Directory.EnumerateFiles).Where(program => Path.GetFileName(program) != "dotnet").DistinctBy(Path.GetFileName))
            File.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(program)), program);
        return folder;
    }

    private async Task<(int ExitCode, string Text)> RunAsync(string program, IEnumerable<string> arguments, string folder, bool withoutDotnet)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("NUKE", StringComparison.OrdinalIgnoreCase) || name.StartsWith("OS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["TERM"] = "dumb";
        if (withoutDotnet)
        {
            foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("DOTNET", StringComparison.Ordinal)).ToList())
                start.Environment.Remove(name);
            start.Environment["PATH"] = Programs();
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, await output + await errors);
    }
}
