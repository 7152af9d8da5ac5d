using Nuke.Common.Execution;
using Nuke.Common.IO;

namespace Nuke.Common.CI.GitHubActions;

/// <summary>Generates a workflow, <c>.github/workflows/NAME.yml</c>, that runs targets of the build.</summary>
/// <param name="name">The name of the workflow; blanks become underscores.</param>
/// <param name="image">The machine of the first job.</param>
/// <param name="images">The machines of more jobs.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public class GitHubActionsAttribute(string name, GitHubActionsImage image, params GitHubActionsImage[] images) : ConfigurationAttributeBase
{
    /// <inheritdoc/>
    public override string IdPostfix { get; } = name.Replace(' ', '_');

    /// <inheritdoc/>
    public override Type HostType => typeof(GitHubActions);

    /// <inheritdoc/>
    public override AbsolutePath ConfigurationFile => Build.RootDirectory / ".github" / "workflows" / $"{IdPostfix}.yml";

    /// <summary>The targets to run.</summary>
    public string[] InvokedTargets { get; set; } = [];

    /// <summary>What starts the workflow, without details.</summary>
    public GitHubActionsTrigger[] On { get; set; } = [];

    /// <summary>Started by pushes to these branches.</summary>
    public string[] OnPushBranches { get; set; } = [];

    /// <summary>Started by pushes to other branches than these.</summary>
    public string[] OnPushBranchesIgnore { get; set; } = [];

    /// <summary>Started by pushes of these tags.</summary>
    public string[] OnPushTags { get; set; } = [];

    /// <summary>Started by pushes of other tags than these.</summary>
    public string[] OnPushTagsIgnore { get; set; } = [];

    /// <summary>Started by pushes that touch these paths.</summary>
    public string[] OnPushIncludePaths { get; set; } = [];

    /// <summary>Not started by pushes that touch only these paths.</summary>
    public string[] OnPushExcludePaths { get; set; } = [];

    /// <summary>Started by pull requests to these branches.</summary>
    public string[] OnPullRequestBranches { get; set; } = [];

    /// <summary>Started by pull requests with these tags.</summary>
    public string[] OnPullRequestTags { get; set; } = [];

    /// <summary>Started by pull requests that touch these paths.</summary>
    public string[] OnPullRequestIncludePaths { get; set; } = [];

    /// <summary>Not started by pull requests that touch only these paths.</summary>
    public string[] OnPullRequestExcludePaths { get; set; } = [];

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

    /// <summary>What of that is not kept.</summary>
    public string[] CacheExcludePatterns { get; set; } = [];

    /// <summary>The files whose change begins a new cache; nothing is kept when there is none.</summary>
    public string[] CacheKeyFiles { get; set; } = ["**/global.json", "**/*.csproj", "**/Directory.Packages.props"];

    /// <summary>Whether what the targets produce is uploaded.</summary>
    public bool PublishArtifacts { get; set; } = true;

    /// <summary>When it is uploaded; null: after success.</summary>
    public string? PublishCondition { get; set; }

    /// <summary>When a job is cut off, in minutes; zero leaves it to GitHub.</summary>
    public int TimeoutMinutes { get; set; }

    /// <summary>The environment of the jobs.</summary>
    public string? EnvironmentName { get; set; }

    /// <summary>The address that goes with the environment.</summary>
    public string? EnvironmentUrl { get; set; }

    /// <summary>Of the workflows of a group one runs at a time.</summary>
    public string? ConcurrencyGroup { get; set; }

    /// <summary>Whether a newer run of the group ends the older one.</summary>
    public bool ConcurrencyCancelInProgress { get; set; }

    /// <summary>Of the jobs of a group one runs at a time.</summary>
    public string? JobConcurrencyGroup { get; set; }

    /// <summary>Whether a newer job of the group ends the older one.</summary>
    public bool JobConcurrencyCancelInProgress { get; set; }

    /// <summary>Which submodules are checked out.</summary>
    public GitHubActionsSubmodules Submodules
    {
        get => CheckoutSubmodules ?? default;
        set => CheckoutSubmodules = value;
    }

    /// <summary>Whether files of Git LFS are checked out.</summary>
    public bool Lfs
    {
        get => CheckoutLfs ?? default;
        set => CheckoutLfs = value;
    }

    /// <summary>How many commits are fetched; zero is all.</summary>
    public uint FetchDepth
    {
        get => CheckoutFetchDepth ?? default;
        set => CheckoutFetchDepth = value;
    }

    /// <summary>Whether the checkout shows its progress.</summary>
    public bool Progress
    {
        get => CheckoutProgress ?? default;
        set => CheckoutProgress = value;
    }

    /// <summary>The filter of a partial clone.</summary>
    public string? Filter { get; set; }

    internal IReadOnlyList<GitHubActionsImage> Images { get; } = [image, .. images];

    internal GitHubActionsSubmodules? CheckoutSubmodules { get; private set; }

    internal bool? CheckoutLfs { get; private set; }

    internal uint? CheckoutFetchDepth { get; private set; }

    internal bool? CheckoutProgress { get; private set; }

    internal override string Generate(IReadOnlyList<ExecutableTarget> targets) =>
        new Workflow(this, [.. InvokedTargets.SelectMany(target => ExecutionPlanner.Plan(targets, [target])).Distinct()]).Write();
}
