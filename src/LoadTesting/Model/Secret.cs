namespace LoadTesting.Model;

/// <summary>A value that must not be printed: its text form is <c>***</c>, also inside other texts.</summary>
/// <param name="value">The secret itself.</param>
public sealed class Secret(string value)
{
    /// <summary>The secret itself; for the one place that needs it.</summary>
    public string Reveal() => value;

    /// <summary>What is shown in its place.</summary>
    public const string Stars = "***";

    /// <summary>Three stars.</summary>
    public override string ToString() => Stars;
}
