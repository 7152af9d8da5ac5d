using Reporting.Json;

namespace Reporting.Summary;

/// <summary>What a search for the capacity found.</summary>
public enum CapacityKind
{
    /// <summary>All thresholds hold at the participants found, and the next step breaks one.</summary>
    Knee,

    /// <summary>All thresholds hold at the participants found; more was not requested, or the generators could not make it.</summary>
    AtLeast,

    /// <summary>The smallest step already breaks a threshold.</summary>
    LessThanAsked,

    /// <summary>There is no answer: the search was ended, or steps were not measured.</summary>
    Unknown,
}

/// <summary>The answer to "how many participants does the cluster carry".</summary>
/// <param name="Kind">What kind of answer it is.</param>
/// <param name="Participants">The most at which all thresholds held, confirmed by a second run; null when none held.</param>
/// <param name="Sentence">The answer and why the search ended, as a person would say it.</param>
public sealed record CapacityFinding(CapacityKind Kind, int? Participants, string Sentence);

/// <summary><c>results/capacity.json</c>: the steps of a search for the capacity and what they show.</summary>
public sealed record CapacityReport
{
    /// <summary>The version of this document's shape.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Name of the fleet.</summary>
    public required string Fleet { get; init; }

    /// <summary>Set when recorded output was replayed: then nothing here is about any cluster of yours.</summary>
    public ReplayNotice? Replay { get; init; }

    /// <summary>What had to hold.</summary>
    public required string Thresholds { get; init; }

    /// <summary>How long each step was held, in seconds.</summary>
    public required double StepSeconds { get; init; }

    /// <summary>The answer.</summary>
    public required CapacityFinding Finding { get; init; }

    /// <summary>The steps in the order in which they were taken; the same load twice is a confirmation.</summary>
    public required IReadOnlyList<CapacityStep> Steps { get; init; }
}

/// <summary>How capacity.json is written and read.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    Converters = [typeof(FiniteNumbers)])]
[JsonSerializable(typeof(CapacityReport))]
public sealed partial class CapacityJson : JsonSerializerContext
{
    /// <summary>The text of capacity.json.</summary>
    public static string Write(CapacityReport report) => JsonSerializer.Serialize(report, Default.CapacityReport) + "\n";
}
