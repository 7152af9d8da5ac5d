namespace Nuke.Common.Execution;

/// <summary>Listens to what happens in a build. Extensions are attributes on the build's class.</summary>
public interface IBuildExtension
{
    /// <summary>The higher, the earlier.</summary>
    float Priority { get; }
}

/// <summary>The base of the attributes that listen to a build.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class BuildExtensionAttributeBase : Attribute, IBuildExtension
{
    /// <summary>The build that has the attribute.</summary>
    public INukeBuild Build { get; internal set; } = null!;

    /// <inheritdoc/>
    public virtual float Priority { get; set; }
}

/// <summary>Hears that the build exists.</summary>
public interface IOnBuildCreated : IBuildExtension
{
    /// <summary>The build exists; nothing is planned yet.</summary>
    void OnBuildCreated(IReadOnlyCollection<ExecutableTarget> executableTargets);
}

/// <summary>Hears that the plan stands.</summary>
public interface IOnBuildInitialized : IBuildExtension
{
    /// <summary>The plan stands; nothing has run yet.</summary>
    void OnBuildInitialized(IReadOnlyCollection<ExecutableTarget> executableTargets, IReadOnlyCollection<ExecutableTarget> executionPlan);
}

/// <summary>Hears that a target begins.</summary>
public interface IOnTargetRunning : IBuildExtension
{
    /// <summary>The target begins.</summary>
    void OnTargetRunning(ExecutableTarget target);
}

/// <summary>Hears that a target is skipped.</summary>
public interface IOnTargetSkipped : IBuildExtension
{
    /// <summary>The target is skipped.</summary>
    void OnTargetSkipped(ExecutableTarget target);
}

/// <summary>Hears that a target has succeeded.</summary>
public interface IOnTargetSucceeded : IBuildExtension
{
    /// <summary>The target has succeeded.</summary>
    void OnTargetSucceeded(ExecutableTarget target);
}

/// <summary>Hears that a target has failed.</summary>
public interface IOnTargetFailed : IBuildExtension
{
    /// <summary>The target has failed.</summary>
    void OnTargetFailed(ExecutableTarget target);
}

/// <summary>Hears what the table will say about a target.</summary>
public interface IOnTargetSummaryUpdated : IBuildExtension
{
    /// <summary>The summary of the target has changed.</summary>
    void OnTargetSummaryUpdated(INukeBuild build, ExecutableTarget target);
}

/// <summary>Hears that the build is over.</summary>
public interface IOnBuildFinished : IBuildExtension
{
    /// <summary>The build is over; its outcome has been printed.</summary>
    void OnBuildFinished();
}
