using System.Diagnostics;
using LoadTesting.Hosts.Agent;
using Reporting.Raw.Lk;

namespace LoadTesting.Tests.Hosts;

/// <summary>
/// A signed token is taken out twice: on its host by loadtest-host, and wherever we show what a program printed. Both know it alike.
/// </summary>
public sealed class TokensInOutput : IDisposable
{
    private const string Token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl-_";

    private static readonly string[] Lines =
    [
        $"could not connect Sub 0: unauthorized: {Token}, bye",
        $"two: {Token} and {Token}.",
        "cut in its signature: eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0",
        "cut in its claims: eyJhbGciOiJIUzI1NiJ9.eyJ",
        "cut before its first dot: eyJhbGciOiJI",
        "as soon as it can be one: eyJhbGci",
        "too short for one: eyJ eyJh eyJhb.c",
        $"?access_token={Token}&auto_subscribe=1",
        $"more than three parts: {Token}.tail",
        "none: ey.J [redacted] <token> hey you",
    ];

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory();

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public async Task Are_taken_out_alike_on_the_host_and_here()
    {
        var logs = _home.CreateSubdirectory("runs/r1/logs");
        var file = Path.Combine(logs.FullName, "lk-1.stdout");
        await File.WriteAllLinesAsync(file, Lines, TestContext.Current.CancellationToken);
        var agent = Path.Combine(_home.FullName, "loadtest-host");
        await File.WriteAllTextAsync(agent, HostAgent.Text, TestContext.Current.CancellationToken);

        var start = new ProcessStartInfo("bash", [agent, "pack", "r1"]) { RedirectStandardOutput = true, UseShellExecute = false,
            Environment = { ["LOADTEST_HOME"] = _home.FullName } };
        using var process = Process.Start(start)!;
        (await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldStartWith("archive ");
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        var there = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        there.ShouldBe(Lines.Select(SignedTokens.Redact));
        there.Count(line => line.Contains("<token>", StringComparison.Ordinal)).ShouldBe(9);
        there[0].ShouldBe("could not connect Sub 0: unauthorized: <token>, bye");
        there[6].ShouldBe(Lines[6]);
    }
}
