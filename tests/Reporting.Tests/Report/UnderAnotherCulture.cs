using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Reporting.Judging;
using Reporting.Rendering.Html;
using Reporting.Rendering.Markdown;
using Reporting.Summary;

namespace Reporting.Tests.Report;

/// <summary>Any program may use the library, under any culture: what it reads and writes is the same.</summary>
public sealed class UnderAnotherCulture : IDisposable
{
    private const string FolderVariable = "WHOLE_REPORT_FOLDER";
    private const string Proof = "proof.txt";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("de-DE", "-1.234,50 I.i")]
    [InlineData("tr-TR", "-1.234,50 I.ı")]
    public async Task The_whole_report_is_the_same_byte_for_byte(string culture, string proof)
    {
        var there = _folder.CreateSubdirectory("there");

        var output = await RunAsync(culture, there.FullName);

        Assert.SkipWhen(output.Contains("valid ICU package", StringComparison.Ordinal),
            "ICU is not installed, so this machine has no cultures; see the test below.");
        File.Exists(Path.Combine(there.FullName, Proof)).ShouldBeTrue(output);
        (await File.ReadAllTextAsync(Path.Combine(there.FullName, Proof), TestContext.Current.CancellationToken)).ShouldBe(proof);
        await ShouldBeAsHereAsync(there);
    }

    [Fact]
    public async Task It_is_under_a_culture_made_by_hand_too()
    {
        var there = _folder.CreateSubdirectory("there");
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = HandMade();
        try
        {
            await WriteAsync(there.FullName);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        (await File.ReadAllTextAsync(Path.Combine(there.FullName, Proof), TestContext.Current.CancellationToken)).ShouldBe("~1.234,50 I.i");
        await ShouldBeAsHereAsync(there);
    }

    /// <summary>What <see cref="RunAsync"/> starts, under another culture.</summary>
    [Fact(Explicit = true)]
    public Task Write_the_whole_report() => WriteAsync(Environment.GetEnvironmentVariable(FolderVariable)!);

    private async Task ShouldBeAsHereAsync(DirectoryInfo there)
    {
        var here = _folder.CreateSubdirectory("here");
        await WriteAsync(here.FullName);
        var files = here.GetFiles("*", SearchOption.AllDirectories).Where(file => file.Name != Proof).ToList();

        files.Count.ShouldBe(4 * 5 + 3);
        foreach (var file in files)
        {
            var other = Path.Combine(there.FullName, Path.GetRelativePath(here.FullName, file.FullName));
            (await File.ReadAllTextAsync(other, TestContext.Current.CancellationToken))
                .ShouldBe(await File.ReadAllTextAsync(file.FullName, TestContext.Current.CancellationToken), file.Name);
        }
    }

    private static async Task WriteAsync(string folder)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var results = RecordedRun.Of([Capture.Of("lk/2.16.4/02-vm-50-participants")]);
        results.Write("vm-01/metrics/samples.txt", HostCapture.Healthy.SamplesTxt());
        var recorded = results.Summarize("audio-delivery>=95.5%, p95(join-time)<1.5s, generator-cpu<80%, bitrate>=0.5mbps");
        await ReportFiles.WriteAsync(recorded, Path.Combine(folder, "recorded"), cancellation);
        foreach (var fate in WritersOfTheReport.Fates)
            await ReportFiles.WriteAsync(WritersOfTheReport.Sample(fate), Path.Combine(folder, fate), cancellation);

        var capacity = CapacityForPeople.Knee with { Steps = [.. CapacityForPeople.Knee.Steps, StepJudge.Of(recorded).Asked(1_234)] };
        await File.WriteAllTextAsync(Path.Combine(folder, "capacity.html"), CapacityPage.Write(capacity), cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "capacity.md"), CapacityMarkdown.Write(capacity), cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "capacity.json"), CapacityJson.Write(capacity), cancellation);
#pragma warning disable CA1308 // it is the casing that is to be seen
        await File.WriteAllTextAsync(Path.Combine(folder, Proof), $"{-1234.5:N2} I.{"I".ToLower(CultureInfo.CurrentCulture)}",
            cancellation);
#pragma warning restore CA1308
    }

    /// <summary>These tests run without cultures, as the program does; a process of its own has them.</summary>
    private static async Task<string> RunAsync(string culture, string folder)
    {
        var tests = typeof(UnderAnotherCulture).Assembly.Location;
        var cultured = Path.Combine(folder, "cultured.runtimeconfig.json");
        var configuration = await File.ReadAllTextAsync(Path.ChangeExtension(tests, ".runtimeconfig.json"),
            TestContext.Current.CancellationToken);
        configuration.ShouldContain("\"System.Globalization.Invariant\": true");
        await File.WriteAllTextAsync(
            cultured, configuration.Replace("Invariant\": true", "Invariant\": false", StringComparison.Ordinal),
                TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo(Path.GetFullPath("../../../dotnet", RuntimeEnvironment.GetRuntimeDirectory()))
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
            Environment = { [FolderVariable] = folder },
        };
        foreach (var word in (string[])
            [
                "exec", "--runtimeconfig", cultured, "--depsfile", Path.ChangeExtension(tests, ".deps.json"), tests,
                "-culture", culture, "-explicit", "only", "-method",
                    $"{typeof(UnderAnotherCulture).FullName}.{nameof(Write_the_whole_report)}",
            ])
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output + await errors;
    }

    private static CultureInfo HandMade()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat = new NumberFormatInfo
        {
            NumberDecimalSeparator = ",", NumberGroupSeparator = ".", NegativeSign = "~", PercentDecimalSeparator = ",",
            PercentSymbol = "pct", NaNSymbol = "?",
        };
        culture.DateTimeFormat = new DateTimeFormatInfo { DateSeparator = "|", TimeSeparator = "." };
        return culture;
    }
}
