using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
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
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64, $"packs and runs {Platform}");
        // On a build server NUKE writes no log: that of this checkout is held open by whoever runs the tests.
        string[] pack = [Path.Combine(Operator.Checkout, "build.sh"), "Pack", "--pack-for", Platform, "--host", "GitHubActions"];
        var (exitCode, text) = await RunAsync("bash", pack, Operator.Checkout, withoutDotnet: false);
        exitCode.ShouldBe(0, text);
        await using var packed = File.OpenRead(Directory.GetFiles(Artifacts, "loadtest-*.tar.gz").Single());
        await using var archive = new GZipStream(packed, CompressionMode.Decompress);
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

        string[] report = ["Report", "--profile", "rehearsal", "--root", root, "--instance-count", "2", "--test-duration", "6s"];
        var (exitCode, text) = await RunAsync(Program, report, _machine.FullName, withoutDotnet: true);

        exitCode.ShouldBe(0, text);
        text.ShouldContain("PASSED");
        File.Exists(Path.Combine(root, "results", "final-report.html")).ShouldBeTrue();
        Directory.Exists(Path.Combine(root, ".github")).ShouldBeFalse();

        var here = Directory.CreateDirectory(Path.Combine(_machine.FullName, "here")).FullName;
        (await RunAsync(Program, ["Plan", "--profile", "heavy"], here, withoutDotnet: true)).ExitCode.ShouldBe(0);
        File.Exists(Path.Combine(here, ".nuke", "parameters.heavy.json")).ShouldBeTrue();
        (await RunAsync(Program, ["Plan", "--root", "/proc/nowhere"], here, withoutDotnet: true)).ExitCode.ShouldBe(104);
        (await RunAsync(Program, ["Test"], here, withoutDotnet: true)).Text.ShouldContain("need a checkout of the sources");

        var sbom = await File.ReadAllTextAsync(Directory.GetFiles(Artifacts, "*.cdx.json").Single(), Cancellation);
        Validate(sbom);
        (await BesideProgramAsync("sbom.cdx.json")).ShouldBe(sbom);
        (await BesideProgramAsync("LICENCES.md")).ShouldContain("| KubernetesClient |");
        Directory.GetFiles(Artifacts, "LoadTest.Reporting.*.nupkg").ShouldHaveSingleItem();
        (await RunAsync("sha256sum", ["--check", "--strict", "SHA256SUMS"], Artifacts, withoutDotnet: false)).ExitCode.ShouldBe(0);
    }

    private Task<string> BesideProgramAsync(string file) =>
        File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(Program)!, file), Cancellation);

    /// <summary>
    /// What CycloneDX 1.6 requires of a document, of its components and of references between them; that nothing is left out, and that
    /// another machine and another day give the same.
    /// </summary>
    private static void Validate(string text)
    {
        using var document = JsonDocument.Parse(text);
        var sbom = document.RootElement;
        sbom.GetProperty("bomFormat").GetString().ShouldBe("CycloneDX");
        sbom.GetProperty("specVersion").GetString().ShouldBe("1.6");
        var program = sbom.GetProperty("metadata").GetProperty("component");
        (Text(program, "type"), Text(program, "name")).ShouldBe(("application", "loadtest"));
        File.Exists(Path.Combine(Artifacts, $"loadtest-{Text(program, "version")}-{Platform}.cdx.json")).ShouldBeTrue();
        program.GetProperty("licenses")[0].GetProperty("license").GetProperty("id").GetString().ShouldBe("MIT");
        var components = sbom.GetProperty("components").EnumerateArray().ToList();
        components.ShouldAllBe(component => Text(component, "type") == "library" && Text(component, "name").Length > 0);
        components.ShouldAllBe(component => Text(component, "purl") == $"pkg:nuget/{Text(component, "name")}@{Text(component, "version")}");
        components.ShouldAllBe(component => component.GetProperty("licenses").GetArrayLength() > 0);
        components.ShouldAllBe(component => Text(component.GetProperty("hashes")[0], "alg") == "SHA-512");
        components.ShouldAllBe(component => Text(component.GetProperty("hashes")[0], "content").Length == 128);
        References(sbom, program, components);
        Parts(components);
        text.ShouldNotContain(Operator.Checkout);
        text.ShouldNotContain(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));
        text.ShouldNotContain("timestamp");
        text.ShouldNotContain("serialNumber");
    }

    private static void References(JsonElement sbom, JsonElement program, IReadOnlyList<JsonElement> components)
    {
        var references = components.Append(program).Select(component => Text(component, "bom-ref")).ToList();
        references.ShouldBeUnique();
        var needs = sbom.GetProperty("dependencies").EnumerateArray().ToDictionary(
            dependency => Text(dependency, "ref"),
            dependency => dependency.TryGetProperty("dependsOn", out var on)
                ? on.EnumerateArray().Select(need => need.GetString()!).ToList()
                : []);
        needs.Keys.ShouldBe(references, ignoreOrder: true);
        needs.Values.SelectMany(need => need).Append(Text(program, "bom-ref")).Distinct()
            .ShouldBe(references, ignoreOrder: true, "each is needed by another or by the program");
    }

    private static void Parts(IReadOnlyList<JsonElement> components)
    {
        using var locked = JsonDocument.Parse(File.ReadAllText(Path.Combine(Operator.Checkout, "build", "packages.lock.json")));
        var packages = locked.RootElement.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject()
            .Where(entry => Text(entry.Value, "type") != "Project").Select(entry => $"{entry.Name} {Text(entry.Value, "resolved")}");
        var names = components.Select(component => $"{Text(component, "name")} {Text(component, "version")}").ToList();
        string[] runtimes = [$"Microsoft.AspNetCore.App.Runtime.{Platform}", $"Microsoft.NETCore.App.Runtime.{Platform}"];
        names.Where(name => !runtimes.Contains(name.Split(' ')[0])).ShouldBe(packages, ignoreOrder: true);
        var scopes = components.ToDictionary(component => Text(component, "name"), component => Text(component, "scope"));
        foreach (var shipped in (string[])["SSH.NET", .. runtimes])
            scopes[shipped].ShouldBe("required");
        scopes["Meziantou.Analyzer"].ShouldBe("excluded");
    }

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;

    /// <summary>A folder with every program of the machine but dotnet.</summary>
    private string Programs()
    {
        var folder = Path.Combine(_machine.FullName, "bin");
        if (Directory.Exists(folder))
            return folder;

        Directory.CreateDirectory(folder);
        var programs = Environment.GetEnvironmentVariable("PATH")!.Split(':').Where(Directory.Exists).SelectMany(Directory.EnumerateFiles)
            .Where(program => Path.GetFileName(program) != "dotnet").DistinctBy(Path.GetFileName);
        foreach (var program in programs)
            File.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(program)), program);
        return folder;
    }

    private async Task<(int ExitCode, string Text)> RunAsync(
        string program, IEnumerable<string> arguments, string folder, bool withoutDotnet)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        var ours = start.Environment.Keys.Where(name =>
            name.StartsWith("NUKE", StringComparison.OrdinalIgnoreCase) || name.StartsWith("OS_", StringComparison.Ordinal));
        foreach (var name in ours.ToList())
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
