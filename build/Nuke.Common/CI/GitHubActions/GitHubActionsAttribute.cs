using Nuke.Common.Execution;
using Nuke.Common.IO;
using Nuke.Common.Tooling;

namespace Nuke.Common.CI.GitHubActions;

/// <summary>Generates a workflow, <c>.github/workflows/NAME.yml</c>, that runs targets of the build.</summary>
/// <param name="name">The name of the workflow; blanks become underscores.</param>
/// <param name="image">The machine of the first job.</param>
/// <param name="images">The machines of more jobs.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public class GitHubActionsAttribute(string name, GitHubActionsImage image, params GitHubActionsImage[] images) : ConfigurationAttributeBase
{
    /// <summary>The targets to run.</summary>
    public string[] InvokedTargets { get; set; } = [];

    /// <summary>What starts the workflow, without details.</summary>
    public GitHubActionsTrigger[] On { get; set; } = [];

    /// <summary>Parameters that a person may fill in.</summary>
    public string[] OnWorkflowDispatchOptionalInputs { get; set; } = [];

    /// <summary>Parameters that a person must fill in.</summary>
    public string[] OnWorkflowDispatchRequiredInputs { get; set; } = [];

    /// <summary>Started at these times, in the form of cron, in UTC.</summary>
    public string? OnCronSchedule { get; set; }

    /// <summary>Parameters whose values are secrets of the repository.</summary>
    public string[] ImportSecrets { get; set; } = [];

    /// <summary>Whether the build gets the token of the workflow as <c>GITHUB_TOKEN</c>.</summary>
    public bool EnableGitHubToken { get; set; }

    /// <summary>What the token may write.</summary>
    public GitHubActionsPermissions[] WritePermissions { get; set; } = [];

    /// <summary>What the token may read.</summary>
    public GitHubActionsPermissions[] ReadPermissions { get; set; } = [];

    /// <summary>What is kept between runs.</summary>
    public string[] CacheIncludePatterns { get; set; } = [".nuke/temp", "~/.nuget/packages"];

    /// <summary>The files whose change begins a new cache; nothing is kept when there is none.</summary>
    public string[] CacheKeyFiles { get; set; } = ["**/global.json", "**/*.csproj", "**/Directory.Packages.props"];

    /// <summary>Whether what the targets produce is uploaded.</summary>
    public bool PublishArtifacts { get; set; } = true;

    /// <summary>When it is uploaded; null: after success.</summary>
    public string? PublishCondition { get; set; }

    /// <summary>When a job is cut off, in minutes; zero leaves it to GitHub.</summary>
    public int TimeoutMinutes { get; set; }

    /// <summary>Of the workflows of a group one runs at a time.</summary>
    public string? ConcurrencyGroup { get; set; }

    /// <summary>Whether a newer run of the group ends the older one.</summary>
    public bool ConcurrencyCancelInProgress { get; set; }

    /// <summary>How many commits are fetched; zero is all.</summary>
    public uint FetchDepth
    {
        get => CheckoutFetchDepth ?? default;
        set => CheckoutFetchDepth = value;
    }

    internal override string Id => $"{nameof(GitHubActions)}_{Name}";

    internal override string DisplayName => $"{nameof(GitHubActions)} ({Name})";

    internal override AbsolutePath ConfigurationFile => NukeBuild.RootDirectory / ".github" / "workflows" / $"{Name}.yml";

    internal string Name { get; } = name.Replace(' ', '_');

    internal IReadOnlyList<string> Images { get; } = [image.GetValue(), .. images.Select(other => other.GetValue())];

    internal uint? CheckoutFetchDepth { get; private set; }

    internal override string Generate(IReadOnlyList<ExecutableTarget> targets) =>
        new Workflow(this, [.. InvokedTargets.SelectMany(target => ExecutionPlanner.Plan(targets, [target])).Distinct()]).Write();
}
