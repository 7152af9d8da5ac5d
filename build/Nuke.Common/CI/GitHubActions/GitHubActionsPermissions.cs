using Nuke.Common.Tooling;

namespace Nuke.Common.CI.GitHubActions;

/// <summary>What the token of a workflow may touch.</summary>
public enum GitHubActionsPermissions
{
    /// <summary>Workflows and their runs.</summary>
    [EnumValue("actions")]
    Actions,

    /// <summary>Checks.</summary>
    [EnumValue("checks")]
    Checks,

    /// <summary>The repository and its releases.</summary>
    [EnumValue("contents")]
    Contents,

    /// <summary>Deployments.</summary>
    [EnumValue("deployments")]
    Deployments,

    /// <summary>OpenID Connect tokens.</summary>
    [EnumValue("id-token")]
    IdToken,

    /// <summary>Issues.</summary>
    [EnumValue("issues")]
    Issues,

    /// <summary>Discussions.</summary>
    [EnumValue("discussions")]
    Discussions,

    /// <summary>Packages.</summary>
    [EnumValue("packages")]
    Packages,

    /// <summary>Pages.</summary>
    [EnumValue("pages")]
    Pages,

    /// <summary>Pull requests.</summary>
    [EnumValue("pull-requests")]
    PullRequests,

    /// <summary>Projects.</summary>
    [EnumValue("repository-projects")]
    RepositoryProjects,

    /// <summary>Code scanning and Dependabot alerts.</summary>
    [EnumValue("security-events")]
    SecurityEvents,

    /// <summary>Statuses of commits.</summary>
    [EnumValue("statuses")]
    Statuses,
}
