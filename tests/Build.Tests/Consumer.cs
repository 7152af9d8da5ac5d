namespace BuildTests;

/// <summary>A build that is compiled against the stand-in, and against genuine NUKE where a folder with it is named.</summary>
/// <param name="Name">Its folder.</param>
internal sealed record Consumer(string Name)
{
    private static readonly string[] OfOrder = ["1k", "2c9", "6o"];

    /// <summary>Which one a transcript was recorded from.</summary>
    public static Consumer Of(string transcript) => new(transcript[0] switch
    {
        _ when OfOrder.Any(beginning => transcript.StartsWith(beginning, StringComparison.Ordinal)) => "Order",
        '1' or '2' => "Lifecycle",
        '3' or '4' => "Parameters",
        _ => "Outcomes",
    });

    public string Program(string engine) => ProjectFolder.Of(
        "Consumers", Name, "build", engine == Engines.Genuine ? "bin/genuine/Debug/_build" : "bin/Debug/_build");

    public StartedProgram Start(BuildRoot root, Invocation invocation, string engine = Engines.StandIn) =>
        new(Program(engine), invocation.Arguments, root.Path, invocation.Variables);
}

/// <summary>What a consumer is compiled against.</summary>
internal static class Engines
{
    public const string StandIn = "stand-in";
    public const string Genuine = "genuine";
}
