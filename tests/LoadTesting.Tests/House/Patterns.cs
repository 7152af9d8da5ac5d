using System.Reflection;
using System.Text.RegularExpressions;
using LoadTesting.LiveKit;
using Rehearsal.OpenStack;
using Reporting;

namespace LoadTesting.Tests.House;

/// <summary>No pattern has a limit of wall time: on a machine that is short of processors it would end a run.</summary>
public sealed class Patterns
{
    private const BindingFlags Any =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    [Theory]
    [InlineData(typeof(RunRooms))]
    [InlineData(typeof(EmbeddedCloud))]
    [InlineData(typeof(ResultsReport))]
    public void Match_for_as_long_as_they_take(Type of)
    {
        var patterns = of.Assembly.GetTypes().SelectMany(type => type.GetMethods(Any))
            .Where(method => method.GetCustomAttribute<GeneratedRegexAttribute>() is not null)
            .Select(method => (Name: $"{method.DeclaringType}.{method.Name}", Pattern: (Regex)method.Invoke(null, null)!)).ToList();

        patterns.ShouldNotBeEmpty();
        patterns.Where(pattern => pattern.Pattern.MatchTimeout != Regex.InfiniteMatchTimeout).Select(pattern => pattern.Name)
            .ShouldBeEmpty();
    }

    /// <summary>Those that are made otherwise would be missed above.</summary>
    [Theory]
    [InlineData("src")]
    [InlineData("build")]
    public void Are_made_by_the_compiler(string folder)
    {
        var sources = Directory.EnumerateFiles(Checkout.At(folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "Nuke.Common")).ToList();

        sources.ShouldNotBeEmpty();
        sources.Where(file => File.ReadAllText(file) is var text
            && (text.Contains("new Regex(", StringComparison.Ordinal) || text.Contains("matchTimeout", StringComparison.OrdinalIgnoreCase)))
            .ShouldBeEmpty();
    }
}
