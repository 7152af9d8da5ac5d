using LoadTesting.Fleet;
using LoadTesting.OpenStack.Credentials;

namespace LoadTesting.Ssh;

/// <summary>The key that opens a fleet's hosts: the operator's, or one that is made for the fleet when there is none.</summary>
public static class FleetKey
{
    /// <summary>Finds or makes it.</summary>
    /// <param name="parameters">Where the operator's key is, and where made ones are kept.</param>
    /// <param name="fleet">The fleet.</param>
    /// <param name="home">The home directory, for <c>~</c>.</param>
    /// <exception cref="LoadTestException">The key is there and cannot be used.</exception>
    public static SshKey Find(SshParameters parameters, string fleet, string home)
    {
        var given = CredentialSource.Expanded(parameters.Key, home);
        if (File.Exists(given))
            return SshKey.Load(given);

        var made = Path.Combine(parameters.MadeKeys, fleet);
        return File.Exists(made) ? SshKey.Load(made) : SshKey.Create(made);
    }
}
