namespace Reporting.Summary;

/// <summary>A figure that LiveKit published beside what was measured here.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Published">LiveKit's figure.</param>
/// <param name="Measured">Ours; null when it was not measured.</param>
/// <param name="Unit">The unit of both.</param>
/// <param name="Source">What measured ours.</param>
public sealed record PublishedFigure(string Label, double Published, double? Measured, Unit Unit, string Source);

/// <summary>
/// A row of LiveKit's benchmark (https://docs.livekit.io/home/self-hosting/benchmark/, as of August 2025) beside a run of the same load.
/// </summary>
/// <param name="Name">The row.</param>
/// <param name="Figures">Its figures and ours.</param>
/// <param name="Differs">What is not the same, so that the figures are not quite comparable.</param>
public sealed record PublishedBenchmark(string Name, IReadOnlyList<PublishedFigure> Figures, IReadOnlyList<string> Differs);
