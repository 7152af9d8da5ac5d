using LoadTesting.Hosts.Ssh;
using LoadTesting.Providers.OpenStack.Credentials;

namespace LoadTesting.Providers.OpenStack;

/// <summary>Servers in an OpenStack cloud, made for the fleet and reached over SSH.</summary>
/// <param name="parameters">How the cloud is reached and what the fleet is made of.</param>
/// <param name="ssh">How the servers are reached.</param>
public sealed class OpenStackProvider(OpenStackParameters parameters, SshParameters ssh) : FleetProvider
{
    /// <summary>The value of <c>--cloud</c>.</summary>
    public const string Kind = "openstack";

    private readonly SshParameters _ssh = ssh with { HostKeyCheck = ssh.HostKeyCheck ?? HostKeyCheck.Console };

    /// <inheritdoc/>
    public override string Name => Kind;

    /// <inheritdoc/>
    public override string Describe(FleetParameters fleet) => parameters.Describe(fleet);

    /// <summary>Asks the cloud whether it has all that, if there are credentials: a plan needs no account.</summary>
    public override async Task<IReadOnlyList<(string Name, string Value)>> CheckAsync(
        ProviderContext context, Func<CancellationToken, Task<FleetEnvironment>> open, CancellationToken cancellation)
    {
        if (!CredentialSource.IsGiven(parameters, context.Variables, context.Home))
            return [("Cloud", $"not asked: there is no {parameters.RcFile}, --os-cloud or OS_AUTH_URL")];

        var plan = await (await open(cancellation)).Administration.CheckAsync(cancellation);
        return [("Cloud", plan.Where), .. plan.Rows];
    }

#pragma warning disable CA2000 // "Dispose objects before losing scope": the environment owns them
    /// <inheritdoc/>
    public override Task<FleetEnvironment> OpenAsync(ProviderContext context, CancellationToken cancellation)
    {
        var key = new Lazy<SshKey>(() => context.KeyOf(_ssh, context.Parameters.Fleet.Name));
        var cloud = new OpenStackCloud(new OpenStackSetup
        {
            Credentials = CredentialsOf(context),
            Fleet = context.Parameters.Fleet,
            OpenStack = parameters,
            PublicKey = () => key.Value.PublicLine,
            KeyIsGiven = () => FleetKey.IsGiven(_ssh, context.Home),
            Log = context.Log,
            Time = context.Time,
        });

        // A cloud gives an address to another server tomorrow: what ssh remembers of it counts only on request.
        var connector = new SshConnector(context.Access(_ssh, _ => key.Value) with
        {
            Console = _ssh.HostKeyCheck == HostKeyCheck.Console ? cloud.GetConsoleAsync : null,
            OperatorsHosts = _ssh.HostKeyCheck == HostKeyCheck.KnownHosts ? context.OperatorsHosts() : null,
        });
        return Task.FromResult(EnvironmentOf(context, cloud, context.HostsOver(connector)) with
        {
            Login = new SshLogin(_ssh, new SshFiles(_ssh, _ => key.Value.Path, context.KnownHostsFile())),
            Owned = [connector, cloud],
        });
    }
#pragma warning restore CA2000

    private OpenStackCredentials CredentialsOf(ProviderContext context)
    {
        var credentials = CredentialSource.Find(parameters, context.Variables, context.Home, context.Ask ?? NobodyAnswers);
        if (credentials.Insecure)
        {
            context.Log.Warn($"{credentials.Origin} turns the verification of certificates off: "
                + $"an attacker between this machine and {credentials.AuthUrl.Host} can read the password.");
        }

        return credentials;
    }

    private static string NobodyAnswers(string prompt) => throw LoadTestException.Invalid(
        $"--open-stack-rc: the file asks '{prompt}', and there is no terminal to answer on; expected a terminal, or OS_PASSWORD in the "
        + "file.");
}
