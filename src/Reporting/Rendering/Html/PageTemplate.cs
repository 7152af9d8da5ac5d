using Reporting.Raw.Lk;
using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Reporting.Judging;
using Scriban;
using Scriban.Runtime;

namespace Reporting.Rendering.Html;

/// <summary>
/// A page as one HTML file that opens offline and asks nothing of anyone: its parts in their order, each a file of Templates.
/// </summary>
internal sealed partial class PageTemplate(params IReadOnlyList<string> parts)
{
    private static readonly string Style = Resource("style.css");

    private static readonly FrozenDictionary<string, Delegate> Functions = new Dictionary<string, Delegate>
    {
        ["count"] = Shown(Unit.Count),
        ["counted"] = (int? count, string one) => Format.Counted(count, one),
        ["ratio"] = Shown(Unit.Ratio),
        ["seconds"] = Shown(Unit.Seconds),
        ["bytes"] = Shown(Unit.Bytes),
        ["bits"] = Shown(Unit.BitsPerSecond),
        ["show"] = (object? value, Unit unit) => Format.Show(Number(value), unit),
        ["out_of"] = (object? part, object? whole) => Format.OutOf(Number(part), Number(whole)),
        ["range"] = (object? least, object? most) => Format.Range(Number(least), Number(most)),
        ["instant"] = (DateTimeOffset? instant) => Format.Instant(instant),
        ["time_of_day"] = (DateTimeOffset? instant) => Format.TimeOfDay(instant),
        ["times"] = (double factor) => Invariant($"{factor:0.##} ×"),
        ["iso"] = (DateTimeOffset instant) => Invariant($"{instant.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}"),
        ["clock"] = (DateTimeOffset instant) => Invariant($"{instant.UtcDateTime:HH:mm:ss}"),
        ["money"] = (decimal amount) => Invariant($"{amount:#,0.00##}"),
        ["outcome"] = (RunSummary summary) => Phrases.Outcome(summary),
        ["label"] = (string metric) => Metrics.Find(metric)!.Label,
        ["meaning"] = (string metric, RunSummary run) => Phrases.WithValues(Metrics.Find(metric)!.Meaning, run.Parameters),
        ["held"] = (ThresholdResult threshold) => Phrases.Held(threshold),
        ["direction"] = (ChangeDirection direction) => direction.ToString().ToLowerInvariant(),
        ["measured"] = (ThresholdResult threshold) => Phrases.Measured(threshold),
        ["capital"] = (string text) => Phrases.Capital(text),
        ["asked"] = (ThresholdResult threshold) => Phrases.Asked(threshold),
        ["host_outcome"] = (HostOutcome outcome) => Phrases.For(outcome),
        ["host_has_files"] = (HostSummary host) =>
            host.Outcome is HostOutcome.Collected or HostOutcome.Incomplete && FileName().IsMatch(host.Name),
        ["process_has_output"] = (ProcessSummary process) =>
            process.UnknownLines is not null && FileName().IsMatch(process.Host) && FileName().IsMatch(process.Name),
        ["cause_of"] = (ErrorCause cause) => Phrases.For(cause),
        ["time_of"] = (Happening happening) => Phrases.When(happening),
        ["span_of"] = (Finding finding) => Phrases.When(finding),
        ["step"] = (StepOutcome outcome) => Phrases.For(outcome),
        ["is_file_name"] = (string? name) => name is not null && FileName().IsMatch(name),
        ["first"] = (Func<System.Collections.IEnumerable, object>)(rows => rows.Cast<object>().Take(ReportPage.MaxRows).ToArray()),
    }.ToFrozenDictionary();

    private readonly Template _template = Parse(string.Concat(parts.Prepend("head.html").Select(Resource)));

    /// <summary>The text of the page.</summary>
    public string Render(string title, IReadOnlyList<Chart> charts, IReadOnlyDictionary<string, object?> values)
    {
        var names = new ScriptObject
        {
            ["title"] = title,
            ["charts"] = charts,
            ["max_rows"] = ReportPage.MaxRows,
            ["style_hash"] = PageScripts.Hash(Style),
            ["script_sources"] = PageScripts.Sources,
        };
        foreach (var (name, value) in values.Concat(Functions.Select(entry => KeyValuePair.Create(entry.Key, (object?)entry.Value))))
        {
            if (value is Delegate function)
                names.Import(name, function);
            else
                names[name] = value;
        }

        var context = new EscapingContext();
        context.PushGlobal(names);
        return string.Concat(_template.Render(context), PageScripts.Of(charts));
    }

    private static Func<object?, string> Shown(Unit unit) => value => Format.Show(Number(value), unit);

    private static double? Number(object? value) => value is null ? null : Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static Template Parse(string text)
    {
        var template = Template.Parse(text.Replace("/* style.css */", Style, StringComparison.Ordinal));
        return template.HasErrors
            ? throw new InvalidOperationException($"The page's template does not parse: {string.Join("; ", template.Messages)}")
            : template;
    }

    // What can be a step of a relative link and nothing else: no scheme, no way up, nothing to decode.
    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]*\z", RegexOptions.NonBacktracking)]
    private static partial Regex FileName();

    internal static string Resource(string name)
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded in this assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
