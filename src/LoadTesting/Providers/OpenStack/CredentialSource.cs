using LoadTesting.Providers.OpenStack.Credentials;

namespace LoadTesting.Providers.OpenStack;

/// <summary>Finds how to log in, where OpenStack's own tools look: the rc file, else a cloud in clouds.yaml, else OS_* variables.</summary>
public static class CredentialSource
{
    /// <summary>The credentials.</summary>
    /// <param name="parameters">Which rc file, which cloud.</param>
    /// <param name="environment">The environment's variables.</param>
    /// <param name="home">The home directory, for <c>~</c>.</param>
    /// <param name="ask">Asks the operator what an rc file asks for, given its prompt.</param>
    /// <exception cref="LoadTestException">There are none, or they are not complete.</exception>
    public static OpenStackCredentials Find(OpenStackParameters parameters,
        IReadOnlyDictionary<string, string> environment, string home, Func<string, string> ask)
    {
        var rcFile = UserFile.Expanded(parameters.RcFile, home);
        if (parameters.OsCloud is { } cloud)
            return CloudsYaml.Read(cloud, environment, home);
        if (File.Exists(rcFile))
            return CredentialVariables.Read(RcFile.Read(UserFile.Text(rcFile), rcFile, ask), rcFile);
        if (environment.TryGetValue("OS_CLOUD", out var named) && named.Length > 0)
            return CloudsYaml.Read(named, environment, home);

        return environment.ContainsKey("OS_AUTH_URL")
            ? CredentialVariables.Read(environment, "the environment")
            : throw LoadTestException.Invalid(
                $"--open-stack-rc: got '{parameters.RcFile}', {UserFile.Missing(rcFile)}; expected the rc file of your project (in "
                    + "Horizon: API Access, Download OpenStack RC File).",
                "Or --os-cloud NAME with a clouds.yaml, or OS_AUTH_URL and the other OS_* variables in the environment.");
    }

    /// <summary>Whether there is any: a plan is shown without them too.</summary>
    public static bool IsGiven(OpenStackParameters parameters, IReadOnlyDictionary<string, string> environment, string home) =>
        parameters.OsCloud is not null || File.Exists(UserFile.Expanded(parameters.RcFile, home))
            || environment.GetValueOrDefault("OS_CLOUD") is { Length: > 0 } || environment.ContainsKey("OS_AUTH_URL");
}
