using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Reporting.LoadKinds.Participants;
using Reporting.Raw.Lk;

namespace Tests.Shared;

/// <summary>One recorded run of lk: a folder under Captures.</summary>
internal sealed class Capture
{
    private Capture(string name)
    {
        Name = name;
        Folder = Path.Combine(Root, name);
        Meta = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "meta.json"))).RootElement;
        Lines = [.. SplitLines(File.ReadAllBytes(Path.Combine(Folder, "stdout.tsv")))];
    }

    public static string Root { get; } = typeof(Capture).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Captures").Value!;

    /// <summary>Its path under Captures, <c>lk/2.16.4/01-healthy</c>.</summary>
    public string Name { get; }

    public string Folder { get; }

    public JsonElement Meta { get; }

    public IReadOnlyList<CapturedLine> Lines { get; }

    public DateTimeOffset Start => Meta.GetProperty("start").GetDateTimeOffset();

    public IReadOnlyList<string> Arguments => [.. Meta.GetProperty("argv").EnumerateArray().Select(word => word.GetString()!)];

    public static Capture Of(string name) => new(name);

    /// <summary>Names of all recordings, or of those in one folder.</summary>
    public static IEnumerable<string> Names(string under = "") =>
        Directory.EnumerateFiles(Path.Combine(Root, under), "stdout.tsv", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, Path.GetDirectoryName(file)!))
            .Order(StringComparer.Ordinal);

    public LkOutput Parse()
    {
        using var stdout = new MemoryStream(Bytes("stdout"));
        using var stdoutTimes = new MemoryStream(Times("stdout"));
        using var stderr = new MemoryStream(Bytes("stderr"));
        using var stderrTimes = new MemoryStream(Times("stderr"));
        return LkOutputParser.Read(new LkStreams(stdout, stdoutTimes, stderr, stderrTimes));
    }

    /// <summary>What the process wrote to a stream.</summary>
    public byte[] Bytes(string stream)
    {
        using var bytes = new MemoryStream();
        foreach (var line in Lines.Where(line => line.Stream == stream))
        {
            bytes.Write(line.Text);
            bytes.WriteByte((byte)'\n');
        }

        return bytes.ToArray();
    }

    /// <summary>When each line of the stream came, as the results folder keeps it.</summary>
    public byte[] Times(string stream, double shift = 0)
    {
        var times = new StringBuilder();
        foreach (var line in Lines.Where(line => line.Stream == stream && line.Seconds is not null))
            times.AppendLine(CultureInfo.InvariantCulture, $"{Epoch + line.Seconds!.Value + shift:F6}");

        return Encoding.ASCII.GetBytes(times.ToString());
    }

    public double? SecondsSinceStart(double? epoch) => epoch is null ? null : Math.Round(epoch.Value - Epoch, 3);

    private double Epoch => Start.ToUnixTimeMilliseconds() / 1000.0;

    private static IEnumerable<CapturedLine> SplitLines(byte[] file)
    {
        for (var begin = 0; begin < file.Length;)
        {
            var end = Array.IndexOf(file, (byte)'\n', begin);
            end = end < 0 ? file.Length : end;
            var tab = Array.IndexOf(file, (byte)'\t', begin);
            var second = Array.IndexOf(file, (byte)'\t', tab + 1);
            var seconds = Encoding.ASCII.GetString(file, begin, tab - begin);
            yield return new CapturedLine(
                seconds.Length == 0 ? null : double.Parse(seconds, CultureInfo.InvariantCulture),
                Encoding.ASCII.GetString(file, tab + 1, second - tab - 1),
                file[(second + 1)..end]);
            begin = end + 1;
        }
    }
}

internal sealed record CapturedLine(double? Seconds, string Stream, byte[] Text);
