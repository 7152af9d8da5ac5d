using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Integration.Tests.EndToEnd;

/// <summary>The build takes what its help texts give as choices and examples, and refuses what is out of their ranges.</summary>
public sealed partial class ParametersOfTheHelp : IDisposable
{
    /// <summary>All parameters, by their names on the command line.</summary>
    internal static IReadOnlyList<(string Name, ParameterHelp Help)> All { get; } =
    [
        .. typeof(FleetHelp).Assembly.GetTypes().Where(type => type.Name.EndsWith("Help", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public).Where(field => field.IsLiteral))
            .Select(field => (Dashed(field.Name), new ParameterHelp((string)field.GetRawConstantValue()!))),
    ];

    private readonly Operator _operator = new();

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task Every_example_and_choice_is_accepted()
    {
        var words = All.SelectMany(parameter => parameter.Help.Choices.Append(parameter.Help.Example).OfType<string>()
            .SelectMany(value => (string[])[parameter.Name, value]));

        // The last problem shows that the values were looked at.
        var said = await _operator.RunAsync(["Plan", .. words, "--no-such-parameter"]);

        said.ExitCode.ShouldBe(104, said.Text);
        Problem().Matches(said.Text).Select(problem => problem.Value).ShouldBe(["--no-such-parameter: got"], said.Text);
    }

    [Fact]
    public async Task Every_value_out_of_range_is_refused_with_the_range()
    {
        var wrong = All.Select(parameter => (parameter.Name, parameter.Help.Range)).Where(parameter => parameter.Range is not null)
            .SelectMany(parameter => OutOf(parameter.Range!).Select(value => (parameter.Name, parameter.Range!.Text, Value: value)))
                .ToList();
        var said = await _operator.RunAsync(["Plan", .. wrong.SelectMany(entry => (string[])[entry.Name, entry.Value])]);

        said.ExitCode.ShouldBe(104, said.Text);
        foreach (var (name, range, value) in wrong)
            said.Text.ShouldMatch($"{name}: got '{Regex.Escape(value)}', expected a [a-z ]+, {Regex.Escape(range)}, such as ");
    }

    [Fact]
    public async Task A_choice_that_there_is_not_is_refused_with_the_choices()
    {
        var choices = All.Where(parameter => parameter.Help.Choices.Count > 0).ToList();
        var words = choices.SelectMany(parameter => (string[])[parameter.Name, "nothing-like-it"]);
        var said = await _operator.RunAsync(["Plan", .. words]);

        said.ExitCode.ShouldBe(104, said.Text);
        foreach (var (name, help) in choices)
            said.Text.ShouldContain($"{name}: got 'nothing-like-it', expected one of {string.Join(", ", help.Choices)}");
    }

    [Fact]
    public async Task The_schema_is_that_of_the_build()
    {
        var said = await _operator.RunAsync("Plan");

        said.ExitCode.ShouldBe(0, said.Text);
        (await SchemaAsync(_operator.Root)).ShouldBe(await SchemaAsync(Operator.Checkout));
    }

    private static Task<string> SchemaAsync(string root) =>
        File.ReadAllTextAsync(Path.Combine(root, ".nuke", "build.schema.json"), TestContext.Current.CancellationToken);

    /// <summary>The nearest values below and above that the range excludes.</summary>
    private static IEnumerable<string> OutOf(ParameterRange range)
    {
        var words = range.Text.Split(' ');
        var isAbove = words[0] == "above";
        var low = words[isAbove ? 1 : 0].TrimEnd(',');
        yield return isAbove ? low : low.EndsWith('s') ? "1ms" : $"{int.Parse(low, CultureInfo.InvariantCulture) - 1}";
        if (words.SkipWhile(word => word is not ("to" or "most")).Skip(1).FirstOrDefault() is { } high)
            yield return $"{int.Parse(high, CultureInfo.InvariantCulture) + 1}";
    }

    private static string Dashed(string name) => "-" + Capital().Replace(name, "-$0").ToLowerInvariant();

    [GeneratedRegex("[A-Z]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Capital();

    [GeneratedRegex("--[a-z0-9-]+: got", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Problem();
}
