namespace Nuke.Common.Execution;

/// <summary>What a target's property says about it.</summary>
internal sealed class TargetDefinition : ITargetDefinition
{
    public string? DescriptionText { get; private set; }

    public List<Action> Actions { get; } = [];

    public List<Target> DependsOnTargets { get; } = [];

    public List<Target> AfterTargets { get; } = [];

    public List<Target> TriggersTargets { get; } = [];

    public List<TargetCondition> Conditions { get; } = [];

    public List<string> Products { get; } = [];

    public DependencyBehavior DependencyBehavior { get; private set; }

    public bool IsAssuredAfterFailure { get; private set; }

    public bool IsUnlisted { get; private set; }

    public ITargetDefinition Description(string description) => Do(() => DescriptionText = description);

    public ITargetDefinition Executes(params Action[] actions) => Do(() => Actions.AddRange(actions));

    public ITargetDefinition Executes(Func<Task> action) => Do(() => Actions.Add(() => action().GetAwaiter().GetResult()));

    public ITargetDefinition DependsOn(params Target[] targets) => Do(() => DependsOnTargets.AddRange(targets));

    public ITargetDefinition After(params Target[] targets) => Do(() => AfterTargets.AddRange(targets));

    public ITargetDefinition Triggers(params Target[] targets) => Do(() => TriggersTargets.AddRange(targets));

    public ITargetDefinition AssuredAfterFailure() => Do(() => IsAssuredAfterFailure = true);

    public ITargetDefinition OnlyWhenDynamic(Func<bool> condition, string? conditionExpression = null) =>
        Do(() => Conditions.Add(TargetCondition.Of(condition, conditionExpression)));

    public ITargetDefinition WhenSkipped(DependencyBehavior dependencyBehavior) => Do(() => DependencyBehavior = dependencyBehavior);

    public ITargetDefinition Unlisted() => Do(() => IsUnlisted = true);

    public ITargetDefinition Produces(params string[] artifacts) => Do(() => Products.AddRange(artifacts));

    private TargetDefinition Do(Action change)
    {
        change();
        return this;
    }
}

/// <summary>A condition of a target.</summary>
/// <param name="Text">What the table of targets says when it does not hold.</param>
/// <param name="Holds">Evaluates it.</param>
internal sealed record TargetCondition(string Text, Func<bool> Holds)
{
    /// <summary>A condition that is told as its lambda is written, <c>() => !KeepServers</c> without the arrow.</summary>
    public static TargetCondition Of(Func<bool> condition, string? expression)
    {
        var words = (expression ?? string.Empty).Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var text = string.Join(' ', words).TrimStart('(').Trim().TrimStart(')').Trim().TrimStart('=').Trim().TrimStart('>').Trim();
        return new(text, condition);
    }
}
