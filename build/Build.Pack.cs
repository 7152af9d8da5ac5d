using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Nuke.Common;
using Nuke.Common.IO;
using Nuke.Common.Tooling;
using Packaging;
using Serilog;

/// <summary>What others use without a checkout: an archive for each platform, and the Reporting library as a package.</summary>
internal sealed partial class Build
{
    private const string ProgramName = "loadtest";

    /// <summary>NuGet's messages when a feed lacks a package or its version, and when it lacks a tool.</summary>
    private static readonly string[] NotOnTheFeed = ["NU1101", "NU1102", "NU1103", "is not found in NuGet feeds"];

    [Parameter(ToolHelp.PackFor, ValueProviderMember = nameof(Platforms))]
    readonly string? PackFor;

    static IEnumerable<string> Platforms => ChoicesOf(ToolHelp.PackFor);

    static AbsolutePath Artifacts => RootDirectory / "artifacts";

    static AbsolutePath PackFolder => TemporaryDirectory / "pack";

    void MakePackages()
    {
        RequireCheckout();
        if (Dotnet("tool restore") is { } noTool)
            throw new LoadTestException($"Nothing was packed: the feed lacks the tool that writes the bill of materials: {noTool}");

        if (Directory.Exists(Artifacts))
            Directory.Delete(Artifacts, recursive: true);
        Directory.CreateDirectory(Artifacts);
        string[] wanted = PackFor is null ? [.. Platforms] : [PackFor];
        var packed = wanted.Count(PackProgram);
        if (packed == 0)
            throw new LoadTestException($"Nothing was packed: the feed has the runtime of none of {string.Join(", ", wanted)}.");

        // The name is given here: in the project it would be in every lock file.
        Dotnet($"pack src/Reporting -c Release -o \"{Artifacts}\" --artifacts-path \"{PackFolder}\" -p:PackageId=LoadTest.Reporting "
            + "-p:RunAnalyzers=false --nologo -v quiet");
        File.WriteAllLines(Artifacts / "SHA256SUMS", Directory.GetFiles(Artifacts).Order(StringComparer.Ordinal)
            .Select(file => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}  {Path.GetFileName(file)}").ToList());
        Log.Information("{Packed} of {Wanted} platforms are in {Artifacts:l}.", packed, wanted.Length, Artifacts);
    }

    /// <summary>False, with a warning, when the feed lacks what the platform needs.</summary>
    private static bool PackProgram(string platform)
    {
        var name = $"{ProgramName}-{ToolVersion}-{platform}";
        var folder = PackFolder / name;
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);

        // The stand-in, whatever the feed has: genuine NUKE starts its own dotnet. A lock file holds for one platform, so none is read
        // here; that what is shipped is what is locked is checked below.
        var lacking = Dotnet($"publish build/_build.csproj -c Release -r {platform} --self-contained -o \"{folder}\" "
            + $"--artifacts-path \"{PackFolder}\" -p:NukeSource=stand-in -p:RestorePackagesWithLockFile=false -p:RestoreLockedMode=false "
            + "-p:NuGetLockFilePath=none.lock.json -p:WarningsNotAsErrors=NU1603%3BNU1900 -p:DebugType=none "
            + "-p:GenerateDocumentationFile=false -p:RunAnalyzers=false --nologo -v quiet");
        if (lacking is not null)
        {
            Log.Warning("{Platform:l} is not packed, the feed lacks its runtime: {Lacking:l}", platform, lacking);
            return false;
        }

        WriteSbom(folder);
        File.Copy(folder / Sbom.FileName, Artifacts / $"{name}.cdx.json");
        File.Copy(RootDirectory / "LICENSE", folder / "LICENSE");
        var profiles = Directory.CreateDirectory(folder / PackedProgram.Profiles).FullName;
        foreach (var profile in Directory.EnumerateFiles(RootDirectory / ".nuke", "parameters*.json"))
            File.Copy(profile, Path.Combine(profiles, Path.GetFileName(profile)));

        if (platform.StartsWith("win-", StringComparison.Ordinal))
        {
            File.Move(folder / "_build.exe", folder / $"{ProgramName}.exe");
            ZipFile.CreateFromDirectory(folder, Artifacts / $"{name}.zip", CompressionLevel.SmallestSize, includeBaseDirectory: true);
        }
        else
        {
            File.Move(folder / "_build", folder / ProgramName);
            using var archive = new GZipStream(File.Create(Artifacts / $"{name}.tar.gz"), CompressionLevel.SmallestSize);
            TarFile.CreateFromDirectory(folder, archive, includeBaseDirectory: true);
        }

        return true;
    }

    /// <summary>Writes beside a published program what it is made of, and under which licences.</summary>
    private static void WriteSbom(AbsolutePath folder)
    {
        var (restored, file) = (PackFolder / "sbom" / "obj" / "_build", folder / Sbom.FileName);
        var published = File.ReadAllText(folder / "_build.deps.json");
        Directory.CreateDirectory(restored);
        File.WriteAllText(
            restored / "project.assets.json",
            Sbom.WithRuntime(File.ReadAllText(PackFolder / "obj" / "_build" / "project.assets.json"), published));
        Dotnet("tool run dotnet-CycloneDX build/_build.csproj --disable-package-restore --include-license-text --no-serial-number "
            + $"--spec-version 1.6 --set-name {ProgramName} --set-version {ToolVersion} --output \"{folder}\" --filename {Sbom.FileName} "
            + $"--base-intermediate-output-path \"{PackFolder / "sbom"}\"");
        var (sbom, licences) = Sbom.Complete(
            File.ReadAllText(file), File.ReadAllText(RootDirectory / "build" / "packages.lock.json"), published);
        File.WriteAllText(file, sbom);
        File.WriteAllText(folder / "LICENCES.md", licences);
    }

    /// <summary>Null when it went well; what the feed lacks when that is why it did not.</summary>
    private static string? Dotnet(string arguments)
    {
        var output = new List<string>();
        var dotnet = ProcessTasks.StartProcess("dotnet", arguments, RootDirectory, logger: (_, line) => output.Add(line));
        if (dotnet.AssertWaitForExit().ExitCode == 0)
            return null;

        return output.Find(line => NotOnTheFeed.Any(code => line.Contains(code, StringComparison.Ordinal)))
            ?? throw new LoadTestException($"dotnet {arguments} failed: {string.Join('\n', output)}");
    }

    private static void RequireCheckout()
    {
        if (PackedProgram.Runs)
            throw new LoadTestException("Test and Pack need a checkout of the sources.");
    }
}
