using LoadTesting.Providers.OpenStack.Credentials;
using LoadTesting.Providers.OpenStack.Http;

namespace LoadTesting.Providers.OpenStack;

/// <summary>A fleet of servers in an OpenStack cloud.</summary>
public sealed class OpenStackCloud : ICloud, ICloudAdministration, IDisposable
{
    private readonly CloudClients _clients;
    private readonly OpenStackSetup _setup;

    /// <summary>Makes the cloud; it is not asked anything yet.</summary>
    /// <param name="setup">What it needs.</param>
    /// <param name="network">How requests reach it; null: over the network, trusting what the credentials say.</param>
    public OpenStackCloud(OpenStackSetup setup, HttpMessageHandler? network = null)
    {
        _setup = setup;
        _clients = new CloudClients(setup.Credentials, network ?? Transport.Network(setup.Credentials), setup.Log, setup.Time);
    }

    /// <inheritdoc/>
    public void Dispose() => _clients.Dispose();

    /// <inheritdoc/>
    public async Task<CloudPlan> CheckAsync(CancellationToken cancellation)
    {
        var (wanted, existing, quota) = await CheckedAsync(cancellation);
        var token = await _clients.Cloud.TokenAsync(cancellation);
        return new CloudPlan(
            $"project {token.Project.Name}{(token.Region is { } region ? $" in {region}" : "")} at {_setup.Credentials.AuthUrl}",
            [
                ("Flavor", $"{wanted.Flavor.Name}: {wanted.Flavor.Vcpus} vCPU, {wanted.Flavor.Ram} MB"),
                ("Image", wanted.Image.Name),
                ("Network", wanted.FloatingNetwork is { } floating
                    ? $"{wanted.Network.Name}, floating IPs from {floating.Name}"
                    : wanted.Network.Name),
                ("Exists already", existing.IsEmpty
                    ? "nothing of this fleet"
                    : $"{Format.Counted(existing.Servers.Count, "server")} and "
                        + $"{Format.Counted(existing.Leftovers.Count, "other resource")} of this fleet"),
                .. quota.Select(use => ($"Quota of {use.What}", use.Text)),
            ]);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FleetHost>> ListAsync(CancellationToken cancellation)
    {
        var existing = await FleetInCloud.AskAsync(_clients, _setup.Fleet.Name, cancellation);

        // Nova gives the reason for ERROR only for a single server, not in a list.
        var servers = await Task.WhenAll(
            existing.Servers.Select(
            server => server.Status == "ERROR" ? _clients.Servers.GetAsync(server.Id, cancellation) : Task.FromResult(server)));
        return await new Addresses(_clients, _setup).OfAsync(existing with { Servers = servers }, cancellation);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FleetHost>> ProvisionAsync(CancellationToken cancellation)
    {
        _ = _setup.PublicKey(); // a key that cannot be used fails here, before anything is created
        var (wanted, existing, _) = await CheckedAsync(cancellation);
        return await new Provisioning(_clients, _setup, wanted).RunAsync(existing, cancellation);
    }

    /// <inheritdoc/>
    public async Task DestroyAsync(CancellationToken cancellation)
    {
        try
        {
            await DeleteServersAsync(cancellation);
            var existing = await FleetInCloud.AskAsync(_clients, _setup.Fleet.Name, cancellation);
            RequireOurs(existing);
            await new Destroying(_clients, _setup).RunAsync(_setup.Fleet.Name, existing, cancellation);
        }
        catch (Exception error) when (error is NoResponseException or OpenStackException)
        {
            throw new LoadTestException(error.Message,
                $"What is left of fleet {_setup.Fleet.Name} is not known, and it may cost money; ./build.sh Destroy asks again.",
                cause: error);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> DestroyExpiredAsync(CancellationToken cancellation)
    {
        var now = _setup.Now;
        var expired = (await FleetsAsync(cancellation)).Where(fleet => fleet.ExpiresAt < now).Select(fleet => fleet.Name).ToList();
        foreach (var fleet in expired)
            await new Destroying(_clients, _setup)
                .RunAsync(fleet, await FleetInCloud.AskAsync(_clients, fleet, cancellation), cancellation);

        return expired;
    }

    /// <inheritdoc/>
    public async Task AbandonAsync(CancellationToken cancellation)
    {
        await DeleteServersAsync(cancellation);
        var existing = await FleetInCloud.AskAsync(_clients, _setup.Fleet.Name, cancellation);
        RequireOurs(existing);
        await new Destroying(_clients, _setup).DeleteAsync(existing, cancellation);
    }

    /// <summary>What a server has printed on its console so far, where cloud-init shows the host keys.</summary>
    public Task<string> GetConsoleAsync(FleetHost host, CancellationToken cancellation) =>
        _clients.Servers.ConsoleAsync(host.Id, cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FleetStatus>> FleetsAsync(CancellationToken cancellation)
    {
        var all = await FleetInCloud.AskAsync(_clients, fleet: null, cancellation);
        return [.. all.Fleets.Select(name => Status(name, all))];
    }

    private static FleetStatus Status(string name, FleetInCloud all)
    {
        var own = all.Of(fleet => fleet == name);
        return new FleetStatus(
            name,
            own.OwnershipTags.Select(tag => tag.Controller).FirstOrDefault(controller => controller is not null),
            own.Servers.Select(server => (DateTimeOffset?)server.Created).Min(),
            own.OwnershipTags.Max(tag => tag.ExpiresAt),
            [.. own.Servers.Select(server => FleetInCloud.HostOf(server, server.FixedAddress)).OrderBy(host => host.Index)],
            own.Leftovers);
    }

    /// <summary>
    /// What is wanted is possible: the fleet is ours, existing servers fit, missing ones have room, and the key is the right one.
    /// </summary>
    private async Task<(WantedFleet Wanted, FleetInCloud There, IReadOnlyList<QuotaUse> Quota)> CheckedAsync(CancellationToken cancellation)
    {
        var (finding, asking, limits) = (
            WantedFleet.FindAsync(_clients, _setup.OpenStack, cancellation),
            FleetInCloud.AskAsync(_clients, _setup.Fleet.Name, cancellation),
            ProjectQuota.AskAsync(_clients, cancellation));
        await Task.WhenAll(finding, asking, limits);
        var (wanted, existing) = (await finding, await asking);
        RequireOurs(existing);
        wanted.RequireFit(existing, _setup.Fleet.Replace);
        var hasKeyPair = _setup.KeyIsGiven() ? FleetKeyPair.Of(_setup, existing.AllKeyPairs).Exists : existing.KeyPairs.Count > 0;
        var needs = new FleetNeeds(
            Servers: Math.Max(0, _setup.Fleet.InstanceCount - existing.Servers.Count),
            FloatingIps: wanted.FloatingNetwork is null ? 0 : Math.Max(0, _setup.Fleet.InstanceCount - existing.FloatingIps.Count),
            SecurityGroups: existing.SecurityGroups.Count == 0 ? 1 : 0,
            ServerGroups: _setup.OpenStack.Spread && existing.ServerGroups.Count == 0 ? 1 : 0,
            KeyPairs: hasKeyPair ? 0 : 1,
            KeyPairsInUse: existing.AllKeyPairs.Count);
        return (wanted, existing, (await limits).Require(wanted.Flavor, needs));
    }

    /// <summary>Before any other request: servers cost most and take longest to go, and an operator who gives up has little time.</summary>
    private async Task DeleteServersAsync(CancellationToken cancellation)
    {
        var servers = await new FleetInCloud().AskForServersAsync(_clients, _setup.Fleet.Name, cancellation);
        RequireOurs(servers);
        await new Destroying(_clients, _setup).DeleteAsync(servers, cancellation);
    }

    /// <summary>A fleet of that name that another controller made is never taken or destroyed unasked.</summary>
    private void RequireOurs(FleetInCloud existing)
    {
        var other = existing.OwnershipTags.Select(tag => tag.Controller)
            .FirstOrDefault(controller => !string.IsNullOrEmpty(controller) && controller != _setup.Fleet.Controller);
        if (other is not null && !_setup.Fleet.TakeOver)
        {
            var since = existing.Servers.Count == 0 ? "" : $" since {existing.Servers.Min(server => server.Created):yyyy-MM-dd HH:mm} UTC";
            throw LoadTestException.Invalid(
                $"--fleet: got '{_setup.Fleet.Name}', of which {other} has {existing.Servers.Count} servers in the cloud{since}; "
                    + $"expected a name of your own, you are {_setup.Fleet.Controller}.",
                "--take-over makes it yours.");
        }
    }
}

/// <summary>What a fleet in OpenStack needs to be told.</summary>
public sealed record OpenStackSetup
{
    /// <summary>How to log in.</summary>
    public required OpenStackCredentials Credentials { get; init; }

    /// <summary>The fleet.</summary>
    public required FleetParameters Fleet { get; init; }

    /// <summary>What it is made of.</summary>
    public required OpenStackParameters OpenStack { get; init; }

    /// <summary>
    /// The public key that lets us in, in one line as authorized_keys has it; asked only when a fleet is planned or made.
    /// </summary>
    public required Func<string> PublicKey { get; init; }

    /// <summary>Whether that key is the operator's own, as opposed to one that is made for the fleet.</summary>
    public Func<bool> KeyIsGiven { get; init; } = () => false;

    /// <summary>Where requests and progress are reported.</summary>
    public required IProgressLog Log { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The time on that clock.</summary>
    public DateTimeOffset Now => Time.GetUtcNow();
}
