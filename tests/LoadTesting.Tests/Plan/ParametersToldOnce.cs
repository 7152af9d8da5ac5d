using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using LoadTesting.Hosts.Ssh;

namespace LoadTesting.Tests.Plan;

/// <summary>The help text of a parameter is the only place of its facts: fields, records and messages agree with it.</summary>
public sealed partial class ParametersToldOnce
{
    private static readonly string[] Labels = ["Range: ", "Choices: ", "Default: ", "Example: "];

    /// <summary>Parameters of NUKE and flags of lk that messages and comments name.</summary>
    private static readonly string[] OfOthers = ["--profile", "--root", "--skip", "--verbosity", "--publishers", "--video-publishers"];

    public static TheoryData<string> Names => [.. CatalogueOfParameters.All.Select(entry => entry.Name)];

    [Fact]
    public void Every_field_of_the_build_has_one_help_text_and_every_help_text_its_field()
    {
        List<string> fields =
            [.. CatalogueOfParameters.Schema.EnumerateObject().Select(field => $"{field.Name}: {field.Value.GetProperty("description")}")];
        List<string> texts = [.. CatalogueOfParameters.All.Select(entry => $"{entry.Name}: {entry.Help.Text}")];

        fields.Except(texts).ShouldBeEmpty("a field without this help text; any ./build.sh target writes the schema");
        texts.Except(fields).ShouldBeEmpty("a help text without its field; any ./build.sh target writes the schema");
        texts.ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_help_text_has_its_parts_in_order_and_values_that_fit_each_other(string name)
    {
        var entry = CatalogueOfParameters.All.Single(entry => entry.Name == name);
        var (help, parts) = (entry.Help, entry.Help.Text.Split(". "));
        var labels = parts[1..].Select(part => Array.FindIndex(Labels, label => part.StartsWith(label, StringComparison.Ordinal))).ToList();

        labels.ShouldNotContain(-1, help.Text);
        labels.ShouldBe([.. labels.Distinct().Order()], help.Text);
        help.Text.ShouldNotEndWith(".");
        var mayStandAlone = entry.IsSwitch && help.Default is null;
        (help.Example is not null).ShouldBe(help.Choices.Count == 0 && !entry.IsSecret && !mayStandAlone, help.Text);
        (entry.Kind is "whole number" or "number" or "duration").ShouldBe(help.Range is not null, help.Text);
        if (help.Range is { } range)
            range.Contains(help.Example!).ShouldBeTrue(help.Text);
    }

    [Theory]
    [InlineData("1 to 10 VMs", "1 10", "0 11 -1")]
    [InlineData("0 or more", "0 1 1000000", "-1 NaN")]
    [InlineData("above 0, at most 10 participants per second", "0.1 10", "0 10.5 NaN -1")]
    [InlineData("above 0s", "1ms 1h", "0s")]
    [InlineData("1s or more", "1s 00:05:00", "999ms")]
    public void A_range_is_as_it_reads(string range, string good, string bad)
    {
        good.Split(' ').ShouldAllBe(value => new ParameterRange(range).Contains(value));
        bad.Split(' ').ShouldAllBe(value => !new ParameterRange(range).Contains(value));
    }

    /// <summary>The comment of a record's member begins with the parameter that it is.</summary>
    [Fact]
    public void The_records_of_the_engine_have_these_defaults_and_name_no_other_parameters()
    {
        var ofRecords = Comments().ToDictionary(comment => comment.Parameter, comment => comment.Default, StringComparer.Ordinal);
        ofRecords.Keys.ShouldBeSubsetOf(CatalogueOfParameters.All.Select(entry => entry.Dashed));
        foreach (var entry in CatalogueOfParameters.All.Where(entry => ofRecords.GetValueOrDefault(entry.Dashed) is not null))
            ofRecords[entry.Dashed].ShouldBe(ParameterHelp.DefaultOf(entry.Help.Text), entry.Dashed, StringCompareShould.IgnoreCase);
        ofRecords.Count.ShouldBeGreaterThan(55);
    }

    [Fact]
    public void Messages_and_comments_name_only_parameters_that_exist()
    {
        var known = CatalogueOfParameters.All.Select(entry => entry.Dashed).Concat(OfOthers).ToHashSet(StringComparer.Ordinal);
        var named = new[] { "src", "build" }.Select(folder => Checkout.At(folder))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "Nuke.Common"))
            .SelectMany(file => Mention().Matches(File.ReadAllText(file)).Select(mention => mention.Groups["name"].Value))
            .ToHashSet(StringComparer.Ordinal);

        named.Except(known).ShouldBeEmpty();
        named.Count.ShouldBeGreaterThan(60);
    }

    private static IEnumerable<(string Parameter, string? Default)> Comments()
    {
        var comments = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "LoadTesting.xml")).Descendants("member")
            .Select(member => (Member: (string)member.Attribute("name")!, Text: ((string?)member.Element("summary"))?.Trim() ?? ""))
            .Where(comment => comment.Member.StartsWith("P:", StringComparison.Ordinal))
            .Where(comment => comment.Text.StartsWith("--", StringComparison.Ordinal));
        foreach (var (member, text) in comments)
        {
            var at = member.LastIndexOf('.');
            var record = typeof(LoadTestParameters).Assembly.GetType(member[2..at], throwOnError: true)!;
            var defaults = record.GetConstructor([])?.Invoke([]);
            var value = defaults is null ? null : record.GetProperty(member[(at + 1)..])!.GetValue(defaults);
            yield return (Mention().Match($"<c>{text}").Groups["name"].Value, Text(value));
        }
    }

    private static string? Text(object? value) => value switch
    {
        null or false or HostKeyCheck => null,
        TimeSpan time => $"{new Duration(time)}",
        string or Rooms => $"{value}",
        IEnumerable list => string.Join(',', list.Cast<object>()) is { Length: > 0 } text ? text : null,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex("""(Problem\("|Invalid\(\$?"|<c>)(?<name>--[a-z][a-z0-9]*(-[a-z0-9]+)*)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mention();
}
