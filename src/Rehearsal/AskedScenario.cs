namespace Rehearsal;

/// <summary>A command that names a scenario means the rehearsal.</summary>
/// <param name="Cloud">The cloud that the command, its environment or its profiles name; null when none does.</param>
/// <param name="Profiles">The profiles that it names.</param>
public sealed record AskedScenario(string? Cloud, IReadOnlyList<string> Profiles)
{
    /// <summary>The profile of the rehearsal.</summary>
    public const string Profile = "rehearsal";

    private const string Because = $"{RehearsalProvider.Kind}, because of --rehearsal-scenario";

    /// <summary>Whether the profile goes without saying.</summary>
    public bool ImpliesProfile => Cloud is null && Profiles.Count == 0;

    /// <summary>What contradicts it; null when nothing does.</summary>
    public ParameterProblem? Problem => Cloud switch
    {
        RehearsalProvider.Kind => null,
        { } other => new ParameterProblem("--cloud", other, Because),
        null when Profiles.Count > 0 => new ParameterProblem("--profile", string.Join('+', Profiles), Because),
        null => null,
    };
}
