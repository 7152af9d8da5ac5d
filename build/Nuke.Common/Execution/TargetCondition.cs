namespace Nuke.Common.Execution;

/// <summary>A condition of a target.</summary>
/// <param name="Text">What the table of targets says when it does not hold.</param>
/// <param name="Holds">Evaluates it.</param>
internal sealed record TargetCondition(string Text, Func<bool> Holds)
{
    /// <summary>A condition that is told as its lambda is written, <c>() => !KeepServers</c> without the arrow.</summary>
    public static TargetCondition Of(Func<bool> condition, string? expression)
    {
        var words = (expression ?? string.Empty).Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return new(string.Join(' ', words).TrimStart('(').Trim().TrimStart(')').Trim().TrimStart('=').Trim().TrimStart('>').Trim(), condition);
    }
}
