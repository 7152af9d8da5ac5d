namespace BuildTests;

/// <summary>What lay in the root directory when a transcript was recorded.</summary>
internal static class Arrange
{
    public static void For(string transcript, BuildRoot root)
    {
        if (transcript.StartsWith("4f", StringComparison.Ordinal) || transcript.StartsWith("4c", StringComparison.Ordinal))
        {
            root.WriteWorkflows();
            root.Write(".github/workflows/load-test.yml", "tampered with");
        }
        else if (Consumer.Of(transcript).Name == "Parameters")
            root.WriteWorkflows();
    }
}
