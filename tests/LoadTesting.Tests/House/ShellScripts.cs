using System.Diagnostics;
using System.Text.RegularExpressions;

namespace LoadTesting.Tests.House;

/// <summary>Shell scripts are files, which editors colour and linters read, and all of them pass; none is in a string of C#.</summary>
public sealed partial class ShellScripts
{
    private const string Linter = "shellcheck";

    private static readonly string[] Folders = [".ci", "bench", "build", "findings", "src", "tests"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static bool HasLinter =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(path => File.Exists(Path.Combine(path, Linter)));

    [Fact]
    public async Task Pass_shellcheck()
    {
        Assert.SkipUnless(HasLinter, $"SHELL SCRIPTS ARE NOT LINTED: {Linter} is missing (Debian, Ubuntu: apt-get install {Linter})");

        (await OutputAsync(Linter, ["--severity=warning", "--format=gcc", .. Files()])).ShouldBe("");
    }

    [Fact]
    [Trait("speed", "slow")]
    public void Are_linted_in_the_full_suite() => HasLinter.ShouldBeTrue($"{Linter} is missing (Debian, Ubuntu: apt-get install {Linter})");

    [Fact]
    public async Task Are_read_by_bash()
    {
        foreach (var file in Files())
            (await OutputAsync("bash", ["-O", "extglob", "-n", file])).ShouldBe("", file);
    }

    [Fact]
    public void Are_found_wherever_they_are()
    {
        var files = Files().Select(file => Path.GetRelativePath(Checkout.Folder, file)).ToList();

        string[] some =
        [
            "build.sh", ".ci/run", "bench/lab.sh", "tests/openstack/env.sh",
            "src/LoadTesting/Hosts/Agent/loadtest-host", "src/Rehearsal/Hosts/Image/lk.play",
        ];
        some.Except(files).ShouldBeEmpty();
    }

    [Fact]
    public void Are_not_in_strings_of_CSharp() =>
        FilesBelow("build", "src").Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(file => Shell(File.ReadLines(file), "//").Select(line => $"{file}: {line}"))
            .ShouldBeEmpty();

    [Fact]
    public void Of_hosts_would_each_be_noticed_in_a_string()
    {
        foreach (var file in FilesBelow("src/LoadTesting").Where(IsScript))
            Shell(File.ReadLines(file), "#").ShouldNotBeEmpty(file);
    }

    private static IEnumerable<string> Shell(IEnumerable<string> lines, string comment) =>
        lines.Where(line => !line.TrimStart().StartsWith(comment, StringComparison.Ordinal) && OfAShell().IsMatch(line));

    private static IReadOnlyList<string> Files() =>
        [.. Directory.EnumerateFiles(Checkout.Folder).Concat(FilesBelow(Folders)).Where(IsScript).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> FilesBelow(params IEnumerable<string> folders) => folders
        .Select(folder => Checkout.At(folder))
        .SelectMany(folder => Directory.EnumerateFiles(folder).Concat(FilesBelow(Directory.EnumerateDirectories(folder)
            .Where(inner => Path.GetFileName(inner) is not ("bin" or "obj" or "node_modules")))));

    private static bool IsScript(string file)
    {
        if (file.EndsWith(".sh", StringComparison.Ordinal))
            return true;

        using var reader = new StreamReader(file);
        var start = new char[2];
        return reader.Read(start, 0, 2) == 2 && start is ['#', '!'] && Shebang().IsMatch(reader.ReadLine() ?? "");
    }

    private static async Task<string> OutputAsync(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(Cancellation);
        var output = await process.StandardOutput.ReadToEndAsync(Cancellation) + await error;
        await process.WaitForExitAsync(Cancellation);
        return process.ExitCode == 0 ? output : $"{output}exit code {process.ExitCode}";
    }

    [GeneratedRegex(@"^\s*\S*/(env\s+)?(ba|da)?sh\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shebang();

    [GeneratedRegex("""
        \bset\ -[eu]|\#!/|\[\[\ |;\ do\b|;\ then$|\bdone\s*<|^\s*(fi|done|esac)$|[0-9]>&[0-9]|<\s*/dev/null|>\s*/dev/null
        |\|\|\ (:|exit)|printf\ '|"\$[@1]
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OfAShell();
}
