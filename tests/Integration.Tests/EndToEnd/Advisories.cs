using System.Diagnostics;
using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Integration.Tests.EndToEnd;

/// <summary>A feed that knows a package of ours to be vulnerable stops Test; a load test goes on, and is told.</summary>
public sealed class Advisories : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("advisories-");
    private WebApplication? _feed;

    public async ValueTask InitializeAsync()
    {
        // As NuGet's server API has it: learn.microsoft.com/nuget/api/vulnerability-info.
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _feed = builder.Build();
        _feed.MapGet("/index.json", (HttpRequest request) => Results.Text($$"""
            {"version":"3.0.0","resources":[
                {"@id":"http://{{request.Host}}/flat/","@type":"PackageBaseAddress/3.0.0"},
                {"@id":"http://{{request.Host}}/advisories.json","@type":"VulnerabilityInfo/6.7.0"}]}
            """));
        _feed.MapGet("/flat/holey/index.json", () => Results.Text("""{"versions":["1.0.0"]}"""));
        _feed.MapGet("/flat/holey/1.0.0/holey.1.0.0.nupkg", () => Results.Bytes(Package()));
        _feed.MapGet("/advisories.json", (HttpRequest request) =>
            Results.Text($$"""[{"@name":"base","@id":"http://{{request.Host}}/page.json","@updated":"2026-01-01T00:00:00Z"}]"""));
        _feed.MapGet("/page.json",
            () => Results.Text("""{"holey":[{"severity":2,"url":"https://example.com/advisory","versions":"(, 2.0.0)"}]}"""));
        await _feed.StartAsync(TestContext.Current.CancellationToken);

        Write("Directory.Build.props", $"""<Project><Import Project="{Operator.Checkout}/Directory.Build.props" /></Project>""");
        Write("Directory.Packages.props",
            $"""<Project><Import Project="{Operator.Checkout}/Directory.Packages.props" /><ItemGroup><PackageVersion Include="Holey" Version="1.0.0" /></ItemGroup></Project>""");
        Write("nuget.config",
            $"""<configuration><packageSources><add key="holey" value="{_feed.Urls.Single()}/index.json" allowInsecureConnections="true" /></packageSources></configuration>""");
        Write("consumer.csproj",
            """<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="Holey" /></ItemGroup></Project>""");
    }

    public async ValueTask DisposeAsync()
    {
        await _feed!.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("", 1, "error NU1903")]
    [InlineData("-p:RunAnalyzers=false", 0, "warning NU1903")]
    public async Task Stop_Test_and_not_a_load_test(string asBuildShCompilesOthers, int exitCode, string told)
    {
        using var restore = Process.Start(
            new ProcessStartInfo("dotnet",
            ["restore", "consumer.csproj", "--no-http-cache", "-nodeReuse:false", "--nologo", "-p:RestoreLockedMode=false",
            $"-p:RestoreFallbackFolders={Packages}", .. asBuildShCompilesOthers.Split(' ', StringSplitOptions.RemoveEmptyEntries)])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { ["NUGET_PACKAGES"] = Path.Combine(_folder.FullName, "packages") },
        })!;
        var output = await restore.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await restore.WaitForExitAsync(TestContext.Current.CancellationToken);

        output.ShouldContain(told, customMessage: output);
        output.ShouldContain("https://example.com/advisory");
        restore.ExitCode.ShouldBe(exitCode, output);
    }

    /// <summary>The packages of this machine, which need not be fetched again.</summary>
    private static string Packages => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);

    private static byte[] Package()
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create))
        using (var specification = new StreamWriter(archive.CreateEntry("holey.nuspec").Open()))
            specification.Write(
                """<package><metadata><id>Holey</id><version>1.0.0</version><authors>nobody</authors><description>It has a hole.</description></metadata></package>""");
        return bytes.ToArray();
    }
}
