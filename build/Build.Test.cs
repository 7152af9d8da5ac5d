using Nuke.Common;
using Nuke.Common.Tooling;
using Serilog;

/// <summary>How Test runs the tests of a checkout.</summary>
internal sealed partial class Build
{
    private const string OnARealOpenStack = "ControlPlane.Tests";

    /// <summary>Cheapest first, so that a mistake shows early; those that need real daemons last.</summary>
    private static readonly string[] TestProjects =
        ["Reporting.Tests", "LoadTesting.Tests", "Rehearsal.Tests", "Build.Tests", "Integration.Tests", OnARealOpenStack];

    /// <summary>What --fast runs: no browser, no process that compiles, no daemon.</summary>
    private static readonly string[] FastProjects = ["Reporting.Tests", "LoadTesting.Tests", "Rehearsal.Tests"];

    [Parameter(ToolHelp.Fast)]
    readonly bool Fast;

    void RunTests()
    {
        RequireCheckout();
        var tests = RootDirectory / "tests";
        if (!Fast)
            Install("programs");
        var failed = new List<string>();
        foreach (var project in (Fast ? FastProjects : TestProjects).Where(project => Directory.Exists(tests / project)))
        {
            if (project == OnARealOpenStack)
                Install("openstack");
            Compile(tests / project);
            var program = tests / project / "bin" / "Debug" / "net10.0" / project;
            Log.Information("{Project:l}", project);
            // Output of a tested program on its standard error is no error of Test.
            var tested = ProcessTasks.StartProcess(
                program, Fast ? "-noLogo -trait- speed=slow" : "-noLogo", workingDirectory: RootDirectory,
                logger: (_, text) => Log.Debug("{Text:l}", text));
            if (tested.AssertWaitForExit().ExitCode != 0)
                failed.Add(project);
        }

        // No test runs a benchmark, but each must compile.
        foreach (var benchmark in Fast ? [] : Directory.GetFiles(RootDirectory / "bench", "*.csproj", SearchOption.AllDirectories))
            Compile(benchmark);
        if (failed.Count > 0)
            throw new LoadTestException($"Tests failed in {string.Join(", ", failed)}.");

        void Compile(string project) =>
            ProcessTasks.StartProcess("dotnet", $"build {project} --nologo -v quiet", workingDirectory: RootDirectory).AssertZeroExitCode();

        void Install(string what) =>
            ProcessTasks.StartProcess("bash", $"{tests / "install.sh"} {what}", workingDirectory: RootDirectory).AssertZeroExitCode();
    }
}
