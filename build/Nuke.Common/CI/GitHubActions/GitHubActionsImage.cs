using Nuke.Common.Tooling;

namespace Nuke.Common.CI.GitHubActions;

/// <summary>A machine that GitHub lends.</summary>
public enum GitHubActionsImage
{
    /// <summary>Ubuntu 24.04.</summary>
    [EnumValue("ubuntu-24.04")]
    Ubuntu2404,

    /// <summary>The latest Windows.</summary>
    [EnumValue("windows-latest")]
    WindowsLatest,

    /// <summary>The latest Ubuntu.</summary>
    [EnumValue("ubuntu-latest")]
    UbuntuLatest,
}

/// <summary>What starts a workflow.</summary>
public enum GitHubActionsTrigger
{
    /// <summary>A push.</summary>
    [EnumValue("push")]
    Push,

    /// <summary>A pull request.</summary>
    [EnumValue("pull_request")]
    PullRequest,

    /// <summary>A person, by a button.</summary>
    [EnumValue("workflow_dispatch")]
    WorkflowDispatch,
}

/// <summary>What the token of a workflow may touch.</summary>
public enum GitHubActionsPermissions
{
    /// <summary>The repository and its releases.</summary>
    [EnumValue("contents")]
    Contents,
}
