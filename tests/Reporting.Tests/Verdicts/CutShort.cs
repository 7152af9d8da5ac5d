using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Reporting.LoadKinds.Participants;
using Capture = Tests.Shared.Capture;

namespace Reporting.Tests.Verdicts;

/// <summary>A recorded run as it would have been had it ended earlier: the same lines, and tables of what had come by then.</summary>
internal sealed partial class CutShort
{
    /// <summary>What lk holds back of a track of audio, at most; a recording ends with it too.</summary>
    private const int MostHeldBack = 100;

    private const int AudioPacketsPerSecond = 50;

    private readonly LkOutput _output;
    private readonly double _end;
    private readonly int _heldBack;
    private readonly Dictionary<(int Participant, string Track), double> _since;
    private readonly Dictionary<string, double> _best;
    private int _tester;

    private CutShort(Capture capture, double seconds, int heldBack)
    {
        (_output, _heldBack) = (capture.Parse(), heldBack);
        _end = Math.Min(_output.ConnectedAt!.Value + seconds, _output.TablesAt!.Value);
        _since = _output.Subscriptions.Where(line => line.At is not null).GroupBy(line => (line.Participant, line.TrackId))
            .ToDictionary(track => track.Key, track => track.First().At!.Value);
        _best = _output.Tracks.GroupBy(row => row.TrackId).ToDictionary(track => track.Key, track => track.Max(row =>
            row.Packets
            / (_output.TablesAt!.Value - _since.GetValueOrDefault((_output.Start!.ParticipantOf(row.Subscriber), row.TrackId)))));
    }

    /// <summary>Whether it can be: its tables are boxes, and it held its load for that long.</summary>
    public static bool IsPossible(Capture capture, double seconds) =>
        capture.Lines.Any(line => Row().IsMatch(Encoding.UTF8.GetString(line.Text)))
        && capture.Parse() is { ConnectedAt: { } connected, TablesAt: { } tables } && tables - connected >= seconds;

    /// <summary>The results of the run, cut.</summary>
    /// <param name="capture">The recording.</param>
    /// <param name="seconds">How long it held its load.</param>
    /// <param name="heldBack">How many packets of each audio track lk kept to itself at the end.</param>
    public static ResultsFolder Of(Capture capture, double seconds, int heldBack)
    {
        var results = RecordedRun.Of([capture]);
        new CutShort(capture, seconds, heldBack).Write(results);
        return results;
    }

    private void Write(ResultsFolder results)
    {
        const string Stdout = "vm-01/logs/lk-1.stdout";
        var lines = File.ReadAllText(results.PathOf(Stdout)).Split('\n')[..^1];
        var times = File.ReadAllLines(results.PathOf($"{Stdout}.times")).Select(time => double.Parse(time, CultureInfo.InvariantCulture));
        var kept = lines.Zip(times).Where(line => line.Second < _end || line.Second >= _output.TablesAt)
            .Select(line => (Text: Cut(line.First), At: Math.Min(line.Second, _end))).Where(line => line.Text is not null).ToList();
        results.Write(Stdout, Encoding.UTF8.GetBytes(string.Concat(kept.Select(line => line.Text + "\n"))));
        results.Write($"{Stdout}.times",
            Encoding.ASCII.GetBytes(string.Concat(kept.Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.At:F6}\n")))));
    }

    /// <summary>The line with what had come by then; null for a track that was not subscribed yet.</summary>
    private string? Cut(string line)
    {
        var row = Row().Match(line);
        if (!row.Success)
            return line;

        if (row.Groups["tester"].Success)
            _tester = int.Parse(row.Groups["tester"].Value, CultureInfo.InvariantCulture);
        if (!_since.TryGetValue((_output.Start!.ParticipantOf(_tester), row.Groups["track"].Value), out var since) || since >= _end)
            return null;

        // What the best of its subscribers got a second came all the time: one that got less waited for its first key frame.
        var (whole, now) = (_output.TablesAt!.Value - since, _end - since);
        var packets = double.Parse(row.Groups["packets"].Value, CultureInfo.InvariantCulture);
        var isAudio = row.Groups["kind"].Value == "audio";
        var all = isAudio ? packets + Math.Clamp((AudioPacketsPerSecond * whole) - packets, 0, MostHeldBack) : packets;
        var first = isAudio ? 0 : Math.Clamp(whole - (packets / _best[row.Groups["track"].Value]), 0, MediaDue.KeyFrameSeconds);
        var share = Math.Max(0, now - first) / (whole - first);
        var left = (long)(all * share);
        left = isAudio ? Math.Max(Math.Min(1, left), left - _heldBack) : left;
        var rate = double.Parse(row.Groups["rate"].Value, CultureInfo.InvariantCulture) * share * whole / now;
        return Row().Replace(line, string.Create(CultureInfo.InvariantCulture,
            $"│ Sub {_tester} │ {row.Groups["track"]} │ {row.Groups["kind"]} │ {left} ")
            + string.Create(CultureInfo.InvariantCulture, $"│ {rate:0.0}{row.Groups["unit"]} │"));
    }

    [GeneratedRegex(@"^│\s*(Sub (?<tester>\d+))?\s*│ (?<track>TR_\S+)\s*│ (?<kind>audio|video) │ (?<packets>\d+)\s*│ "
        + @"(?<rate>[\d.]+)(?<unit>[km]?bps)\s*│",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}
