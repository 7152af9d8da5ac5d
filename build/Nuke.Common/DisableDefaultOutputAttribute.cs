namespace Nuke.Common;

/// <summary>Switches off parts of the engine's own output; all of it when no part is named.</summary>
/// <param name="disabledOutputs">The parts to switch off.</param>
[AttributeUsage(AttributeTargets.Class)]
public class DisableDefaultOutputAttribute(params DefaultOutput[] disabledOutputs) : Attribute
{
    /// <summary>The parts that are switched off.</summary>
    public DefaultOutput[] DisabledOutputs { get; } = disabledOutputs.Length > 0 ? disabledOutputs : Enum.GetValues<DefaultOutput>();
}

/// <summary>A part of what the engine prints unasked.</summary>
public enum DefaultOutput
{
    /// <summary>The letters NUKE.</summary>
    Logo,

    /// <summary>The header of a target.</summary>
    TargetHeader,

    /// <summary>The group of a target on hosts that fold groups.</summary>
    TargetCollapse,

    /// <summary>The warnings and errors, repeated at the end.</summary>
    ErrorsAndWarnings,

    /// <summary>The table of targets.</summary>
    TargetOutcome,

    /// <summary>The line that says whether the build succeeded.</summary>
    BuildOutcome,

    /// <summary>The time of each message.</summary>
    Timestamps,
}
