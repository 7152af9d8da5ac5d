using Reporting.Json;

namespace Reporting.Raw.Observations;

/// <summary>How observations are written and read, a line each.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Observation))]
public sealed partial class ObservationJson : JsonSerializerContext
{
    /// <summary>The file, in the results folder.</summary>
    public const string File = "cluster/observations.jsonl";

    /// <summary>An observation as a line, without its line feed.</summary>
    public static byte[] Line(Observation observation) => JsonSerializer.SerializeToUtf8Bytes(observation, Default.Observation);

    /// <summary>
    /// The observations of a results folder, as they were written; none when there is no file. A line that was cut off or damaged is
    /// ignored.
    /// </summary>
    public static IEnumerable<Observation> Read(string resultsDirectory)
    {
        var path = Path.Combine(resultsDirectory, File);
        if (!System.IO.File.Exists(path))
            yield break;

        foreach (var line in System.IO.File.ReadLines(path))
        {
            if (Parsed(line) is { } observation)
                yield return observation;
        }
    }

    private static Observation? Parsed(string line)
    {
        try
        {
            return StrictJson.Read(line, Default.Observation);
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
