using System.Reflection;
using Rehearsal.OpenStack;
using Reporting;

namespace LoadTesting.Tests.House;

/// <summary>Assemblies refer one way: build to engine and rehearsal, these to reporting; NUKE and the console are build's alone.</summary>
public sealed class References
{
    private static readonly Assembly Engine = typeof(LoadTestException).Assembly;
    private static readonly Assembly Embedded = typeof(EmbeddedCloud).Assembly;
    private static readonly Assembly Reports = typeof(ResultsReport).Assembly;

    [Fact]
    public void Nothing_under_src_refers_to_NUKE_or_the_console()
    {
        foreach (var assembly in (Assembly[])[Engine, Embedded, Reports])
        {
            Of(assembly).ShouldNotContain(name => name.StartsWith("Nuke", StringComparison.Ordinal)
                || name.StartsWith("Spectre", StringComparison.Ordinal) || name == "System.Console" || name == "_build");
        }
    }

    [Fact]
    public void Reporting_refers_to_nothing_of_ours() => Of(Reports).ShouldNotContain(name => name == "LoadTesting" || name == "Rehearsal");

    [Fact]
    public void The_engine_does_not_refer_to_the_rehearsal() => Of(Engine).ShouldNotContain("Rehearsal");

    private static IEnumerable<string> Of(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);
}
