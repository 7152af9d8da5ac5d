using System.Reflection;
using NetArchTest.Rules;
using Rehearsal.OpenStack;
using Reporting;

namespace Rehearsal.Tests;

/// <summary>Dependencies point one way: build to engine and rehearsal, these to reporting, and NUKE is build's alone.</summary>
public sealed class Architecture
{
    private static readonly Assembly Engine = typeof(LoadTestException).Assembly;
    private static readonly Assembly Embedded = typeof(EmbeddedCloud).Assembly;
    private static readonly Assembly Reports = typeof(ResultsReport).Assembly;

    [Fact]
    public void Nothing_under_src_knows_NUKE_or_the_console()
    {
        foreach (var assembly in (Assembly[])[Engine, Embedded, Reports])
            References(assembly).ShouldNotContain(name => name.StartsWith("Nuke", StringComparison.Ordinal) || name.StartsWith("Spectre", StringComparison.Ordinal) || name == "_build");
    }

    [Fact]
    public void Reporting_knows_nothing_of_ours() => References(Reports).ShouldNotContain(name => name == "LoadTesting" || name == "Rehearsal");

    [Fact]
    public void The_engine_does_not_know_the_rehearsal() => References(Engine).ShouldNotContain("Rehearsal");

    [Theory]
    [InlineData("LoadTesting.Phases", "LoadTesting.OpenStack")]
    [InlineData("LoadTesting.Phases", "LoadTesting.Ssh")]
    [InlineData("LoadTesting.Plan", "LoadTesting.Phases")]
    [InlineData("LoadTesting.Plan", "LoadTesting.OpenStack")]
    [InlineData("LoadTesting.OpenStack", "LoadTesting.Phases")]
    [InlineData("Reporting.Lk", "Reporting.Html")]
    [InlineData("Reporting.Measurements", "Reporting.Html")]
    [InlineData("Reporting.Html", "Reporting.Measurements")]
    public void Inside_too_the_arrows_point_down(string from, string to)
    {
        var types = Types.InAssemblies([Engine, Reports]).That().ResideInNamespace(from);

        types.GetTypes().ShouldNotBeEmpty();
        types.ShouldNot().HaveDependencyOn(to).GetResult().FailingTypeNames.ShouldBeNull();
    }

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);
}
