using System.Globalization;
using System.Text;
using Reporting.Raw.Observations;
using Reporting.Summary;

namespace Reporting.Tests.Verdicts;

/// <summary>A run made by hand, with what lk wrote and what was observed meanwhile.</summary>
public abstract class RunWithCauses : IDisposable
{
    private const string Thresholds = "served>=99%, connected>=99%, audio-delivery>=95%";

    private protected ResultsFolder Results { get; } = new();

    private protected List<Observation> Seen { get; } = [];

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Results.Dispose();

    private protected RunSummary Summary()
    {
        if (Seen.Count > 0)
            Results.Write(ObservationJson.File, [.. Seen.OrderBy(seen => seen.At)
                .SelectMany(seen => ObservationJson.Line(seen).Append((byte)'\n'))]);
        return Results.Summarize(Thresholds);
    }

    /// <summary>Adds lines of lk, of second 11, 12 and so on.</summary>
    private protected void Write(string host, IReadOnlyList<string> lines, string stream = "stderr")
    {
        var path = $"{host}/logs/lk-1.{stream}";
        string[] Before(string file) => File.Exists(Results.PathOf(file)) ? File.ReadAllLines(Results.PathOf(file)) : [];
        var (text, times) = (Before(path).ToList(), Before($"{path}.times").ToList());
        text.InsertRange(Math.Min(1, text.Count), lines);
        times.InsertRange(Math.Min(1, times.Count),
            lines.Select((_, number) => string.Create(CultureInfo.InvariantCulture, $"{HandmadeLk.Epoch + 11 + number:F6}")));
        Results.Write(path, Encoding.UTF8.GetBytes(string.Concat(text.Select(line => line + "\n"))));
        Results.Write($"{path}.times", Encoding.UTF8.GetBytes(string.Concat(times.Select(line => line + "\n"))));
    }

    private protected static DateTimeOffset At(double seconds) => DateTimeOffset.UnixEpoch.AddSeconds(HandmadeLk.Epoch + seconds);
}
