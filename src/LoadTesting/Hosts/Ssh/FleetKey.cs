namespace LoadTesting.Hosts.Ssh;

/// <summary>The key that opens a fleet's hosts: the operator's, or one that is made for the fleet when there is none.</summary>
public static class FleetKey
{
    /// <summary>Finds or makes it.</summary>
    /// <param name="parameters">Where the operator's key is, and where made ones are kept.</param>
    /// <param name="fleet">The fleet; null: a key that was made now would open none of its machines.</param>
    /// <param name="home">The home directory, for <c>~</c>.</param>
    /// <param name="ask">Asks the operator for a passphrase, given a prompt; null when no operator is present.</param>
    /// <param name="agent">The operator's agent, whose keys count when there is no file; null: there is none.</param>
    /// <exception cref="LoadTestException">The key that was named is missing, or the key is there and cannot be used.</exception>
    public static SshKey Find(SshParameters parameters, string? fleet, string home, Func<string, string>? ask, SshAgent? agent = null)
    {
        var given = UserFile.Expanded(parameters.Key, home);
        if (IsGiven(parameters, home))
            return SshKey.Load(given, parameters.KeyPassphrase, ask, agent);
        var made = Path.Combine(parameters.MadeKeys, fleet ?? "");
        if (parameters.Key == SshParameters.DefaultKey)
        {
            // A fleet that was made with its own key is opened by that one, whatever agent runs today.
            if (File.Exists(made))
                return SshKey.Load(made);
            if (agent is not null && SshKey.Of(agent, $"{Path.Combine(parameters.MadeKeys, fleet ?? "machines")}.agent.pub") is { } held)
                return held;
        }

        if (parameters.Key != SshParameters.DefaultKey || fleet is null)
            throw LoadTestException.Invalid(
                $"--ssh-key: got '{parameters.Key}', {UserFile.Missing(given)}; expected the private key that opens the machines, or an "
                + "agent that has it");

        return SshKey.Create(made);
    }

    /// <summary>Whether the operator has a key, so that none is made.</summary>
    public static bool IsGiven(SshParameters parameters, string home) => File.Exists(UserFile.Expanded(parameters.Key, home));
}
