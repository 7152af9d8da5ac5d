using System.Runtime.Versioning;

namespace BuildTests;

/// <summary>
/// What build.sh decides: where NUKE comes from, whether to compile, what becomes of the arguments. Its dotnet is a script that records.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class BuildScript : IDisposable
{
    private const string Dotnet = """
        #!/usr/bin/env bash
        echo "$@" >>"$CALLS"
        case $1 in
            restore) echo "error $FEED: Unable to find package Nuke.Common"; [[ $FEED == found ]] ;;
            build)
                [[ -z $COMPILE_ERROR ]] || { echo "$COMPILE_ERROR"; exit 1; }
                output=$REPOSITORY/build/bin/Debug
                [[ $* != *NukeSource=package* ]] || output=$REPOSITORY/build/bin/package/Debug
                mkdir -p "$output"
                cp "$REPOSITORY/program" "$output/_build" ;;
        esac
        """;

    private const string Program = """
        #!/usr/bin/env bash
        echo "process $$, program $0, root $NUKE_ROOT, arguments: $*"
        """;

    private static readonly DateTime Later = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1);

    private readonly BuildRoot _root = new();

    public BuildScript()
    {
        File.Copy(Path.Combine(ProjectFolder.Repository, "build.sh"), _root.At("build.sh"));
        _root.Write("tools/dotnet", Dotnet);
        _root.Write("program", Program);
        _root.Write("build/Build.cs", "");
        _root.Write("src/Engine.cs", "");
        _root.Write("elsewhere/file", "");
        const UnixFileMode executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (var file in new[] { "build.sh", "tools/dotnet", "program" })
            File.SetUnixFileMode(_root.At(file), executable);
    }

    private string Calls => File.Exists(_root.At("calls")) ? File.ReadAllText(_root.At("calls")) : "";

    [Fact]
    public async Task Asks_the_feed_once_and_takes_the_stand_in_when_it_has_no_nuke()
    {
        await RunAsync("Plan");
        await RunAsync("Plan");
        Calls.Split('\n').Count(call => call.StartsWith("restore", StringComparison.Ordinal)).ShouldBe(1);
        var remembered = await File.ReadAllTextAsync(_root.At(".nuke/temp/nuke-source"), TestContext.Current.CancellationToken);
        remembered.Trim().ShouldBe("stand-in");
    }

    [Fact]
    public async Task Takes_the_package_when_the_feed_has_it()
    {
        var (output, _) = await RunAsync("Plan", ("FEED", "found"));
        output.ShouldContain($"program {_root.At("build/bin/package/Debug/_build")}");
    }

    [Fact]
    public async Task Has_the_analyzers_look_for_Test_and_for_nobody_who_waits()
    {
        foreach (var target in new[] { "Plan", "Test", "Plan", "Test --fast" })
            await RunAsync(target);
        Calls.Split('\n').Where(call => call.StartsWith("build", StringComparison.Ordinal))
            .Select(call => call.Contains("-p:RunAnalyzers=true", StringComparison.Ordinal))
            .ShouldBe([false, true]);
    }

    [Fact]
    public async Task Does_not_remember_the_answer_of_a_feed_that_cannot_be_reached()
    {
        var (output, exitCode) = await RunAsync("Plan", ("FEED", "NU1301"));
        exitCode.ShouldBe(0);
        output.ShouldContain("The feed could not be asked");
        File.Exists(_root.At(".nuke/temp/nuke-source")).ShouldBeFalse();
    }

    [Fact]
    public async Task Lets_an_argument_choose_and_keeps_it_from_the_program()
    {
        var (output, _) = await RunAsync("Plan --nuke package --room a");
        output.ShouldContain("arguments: Plan --room a\n");
        output.ShouldContain("build/bin/package/Debug/_build");
        Calls.ShouldNotContain("restore");
    }

    [Theory]
    [InlineData("--nuke genuine")]
    [InlineData("--nuke")]
    public async Task Refuses_a_choice_that_there_is_not(string arguments)
    {
        var (output, exitCode) = await RunAsync(arguments);
        exitCode.ShouldBe(104);
        output.ShouldContain("--nuke takes package or stand-in");
    }

    [Fact]
    public async Task Compiles_nothing_when_nothing_is_newer()
    {
        await RunAsync("Plan");
        var before = Calls;
        await RunAsync("Plan");
        Calls.ShouldBe(before);
    }

    [Theory]
    [InlineData("build/Build.cs")]
    [InlineData("src/Engine.cs")]
    [InlineData("src/page.css")]
    [InlineData("Directory.Build.props")]
    [InlineData("global.json")]
    public async Task Compiles_again_when_an_input_is_newer(string input)
    {
        await RunAsync("Plan");
        _root.Write(input, "changed");
        File.SetLastWriteTimeUtc(_root.At(input), Later);
        var before = Calls;
        await RunAsync("Plan");
        Calls[before.Length..].ShouldStartWith("build ");
    }

    [Theory]
    [InlineData("found", false)]
    [InlineData("NU1101", true)]
    public async Task The_stand_in_is_no_input_of_what_is_compiled_with_the_package(string feed, bool compiles)
    {
        _root.Write("build/Nuke.Common/Target.cs", "");
        await RunAsync("Plan", ("FEED", feed));
        File.SetLastWriteTimeUtc(_root.At("build/Nuke.Common/Target.cs"), Later);
        var before = Calls;
        await RunAsync("Plan", ("FEED", feed));
        (Calls.Length > before.Length).ShouldBe(compiles);
    }

    [Fact]
    public async Task Compiles_again_when_a_file_is_gone()
    {
        await RunAsync("Plan");
        File.Delete(_root.At("src/Engine.cs"));
        Directory.SetLastWriteTimeUtc(_root.At("src"), Later);
        var before = Calls;
        await RunAsync("Plan");
        Calls[before.Length..].ShouldStartWith("build ");
    }

    [Fact]
    public async Task Shows_why_it_does_not_compile_and_compiles_again_the_next_time()
    {
        var (output, exitCode) = await RunAsync("Plan", ("COMPILE_ERROR", "Build.cs(1,1): error CS1002: ; expected"));
        exitCode.ShouldBe(1);
        output.ShouldContain("error CS1002");
        (await RunAsync("Plan")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Works_from_another_folder()
    {
        await using var program = Start("Plan", _root.At("elsewhere"));
        (await program.ExitCodeAsync()).ShouldBe(0);
        program.Output.ShouldContain($"root {_root.Path},");
    }

    [Fact]
    public async Task Becomes_the_program_so_that_signals_reach_it()
    {
        await using var program = Start("Plan", _root.Path);
        await program.ExitCodeAsync();
        program.Output.ShouldContain($"process {program.Id},");
    }

    public void Dispose() => _root.Dispose();

    private async Task<(string Output, int ExitCode)> RunAsync(string arguments, params (string Name, string Value)[] variables)
    {
        await using var program = Start(arguments, _root.Path, variables);
        var exitCode = await program.ExitCodeAsync();
        return (program.Output, exitCode);
    }

    private StartedProgram Start(string arguments, string directory, params (string Name, string Value)[] variables)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = $"{_root.At("tools")}:{Environment.GetEnvironmentVariable("PATH")}",
            ["REPOSITORY"] = _root.Path,
            ["CALLS"] = _root.At("calls"),
            ["FEED"] = "NU1101",
        };
        foreach (var (name, value) in variables)
            environment[name] = value;
        return new(_root.At("build.sh"), arguments.Split(' '), directory, environment);
    }
}
