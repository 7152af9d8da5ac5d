namespace LoadTesting.Model;

/// <summary>Names the controller: who it is that makes, uses and destroys a fleet.</summary>
public static class Controller
{
    /// <summary>The CI run when there is one, else user@host.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static string Here(Func<string, string?> variable) => (variable("GITHUB_REPOSITORY"), variable("GITHUB_WORKFLOW")) switch
    {
        ({ Length: > 0 } repository, var workflow) => $"github:{repository}/{workflow}",
        _ => $"{Environment.UserName}@{Environment.MachineName}",
    };
}
