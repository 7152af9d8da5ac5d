using System.Text.Json.Serialization.Metadata;
using Reporting.Json;

namespace Reporting.Raw.Manifest;

/// <summary>Part of a plan: what every kind of load has, and beside it what one kind alone has, which that kind writes and reads.</summary>
public abstract record PlanPart
{
    /// <summary>The members that only this kind of load has, as they are in run.json.</summary>
    [JsonExtensionData]
#pragma warning disable CA2227 // System.Text.Json takes no init property for this.
    public IDictionary<string, JsonElement>? Own { get; set; }
#pragma warning restore CA2227

    /// <summary>The members that only this kind of load has.</summary>
    /// <exception cref="JsonException">One of them is missing or of another type.</exception>
    public T Read<T>(JsonTypeInfo<T> type)
    {
        var own = Own ?? new Dictionary<string, JsonElement>();
        return StrictJson.Read(JsonSerializer.SerializeToUtf8Bytes(own, ManifestJson.Default.IDictionaryStringJsonElement), type);
    }

    /// <summary>What one kind of load alone has, for <see cref="Own"/>.</summary>
    public static IDictionary<string, JsonElement> Write<T>(T own, JsonTypeInfo<T> type) => JsonSerializer.SerializeToElement(own, type)
        .EnumerateObject()
        .ToDictionary(member => member.Name, member => member.Value);
}

/// <summary>The load that was asked for, decided before anything was created.</summary>
public sealed record RunPlan : PlanPart
{
    /// <summary>The kind of load of plans that do not name theirs: version 0.1.0 knew no other.</summary>
    public const string FirstKind = "participants";

    /// <summary>The kind of load, which makes and reads what is not told here.</summary>
    public string Kind { get; init => field = value ?? FirstKind; } = FirstKind;

    /// <summary>How long the load is held after the last participant has joined, in seconds.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>How long the slowest process takes to start all its participants, in seconds.</summary>
    public required double RampUpSeconds { get; init; }

    /// <summary>The <c>lk</c> processes, host by host.</summary>
    public required IReadOnlyList<PlannedProcess> Processes { get; init; }

    /// <summary>The rooms that they join, each once; without those that lk chooses.</summary>
    public IReadOnlyList<string> Rooms() => [.. Processes.Select(process => process.Room).OfType<string>().Distinct()];
}

/// <summary>One <c>lk</c> process as planned.</summary>
public sealed record PlannedProcess : PlanPart
{
    /// <summary>The host that runs it, <c>vm-01</c>.</summary>
    public required string Host { get; init; }

    /// <summary>Its name on that host and the stem of its files, <c>lk-1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The room it joins; null when lk chooses it.</summary>
    public string? Room { get; init; }

    /// <summary>Participants of this process.</summary>
    public required int Participants { get; init; }

    /// <summary>How long this process holds the load, in seconds.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>How long after the common start this process is started, in seconds.</summary>
    public double StartOffsetSeconds { get; init; }

    /// <summary>The command line, word by word, without secrets.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }
}
