using Humanizer;
using LoadTesting.Providers.OpenStack.Compute;
using LoadTesting.Providers.OpenStack.Http;
using LoadTesting.Providers.OpenStack.Network;

namespace LoadTesting.Providers.OpenStack;

/// <summary>
/// Creates what is missing of a fleet in one wave, then reads one list a second until every server is up. Each list shows again what is
/// missing, so a server whose creation was never answered is found, not made twice, and one that ends in error is replaced. The index at
/// the end of its name identifies a server: Nova names those that one request makes NAME-1, NAME-2, ..., and they are renamed once they are
/// up.
/// </summary>
/// <param name="clients">The cloud.</param>
/// <param name="setup">What is wanted.</param>
/// <param name="wanted">The same, found in the cloud.</param>
internal sealed class Provisioning(CloudClients clients, OpenStackSetup setup, WantedFleet wanted)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly OwnershipTag _tag = new(setup.Fleet.Name, setup.Fleet.Controller, setup.Now + setup.Fleet.ExpiresAfter);
    private readonly Dictionary<int, int> _retries = [];
    private readonly HashSet<int> _givenUp = [];
    private bool _atOnce = true;
    private Access? _access;

    public async Task<IReadOnlyList<FleetHost>> RunAsync(FleetInCloud existing, CancellationToken cancellation)
    {
        var startedAt = setup.Now;
        for (FleetInCloud? known = existing; ;)
        {
            try
            {
                known ??= await FleetInCloud.AskAsync(clients, setup.Fleet.Name, cancellation);
                if (await CompleteAsync(known, startedAt, cancellation) is { } hosts)
                    return hosts;

                await Task.Delay(Interval, setup.Time, cancellation);
                known = await known.AskForServersAsync(clients, setup.Fleet.Name, cancellation);
            }
            catch (NoResponseException error) when (setup.Now - startedAt <= setup.Fleet.BootTimeout)
            {
                setup.Log.Detail($"{error.Message}; the next look tells what the cloud made of it");
                known = null;
                await Task.Delay(Interval, setup.Time, cancellation);
            }
        }
    }

    /// <summary>Asks for what is missing; the machines when nothing is, null while something is on its way.</summary>
    private async Task<IReadOnlyList<FleetHost>?> CompleteAsync(FleetInCloud existing, DateTimeOffset startedAt,
        CancellationToken cancellation)
    {
        var surplus = Surplus(existing);
        await CloudClients.ForEachAsync(surplus, (server, token) => clients.Servers.DeleteAsync(server.Id, token), cancellation);
        var kept = existing.Servers.Where(server => !server.IsGoing).Except(surplus).ToList();
        await RefuseErrorsAsync(kept, cancellation);
        var good = kept.Where(server => server.Status != "ERROR").ToList();
        var missing = Indices().Except(kept.Select(Index)).ToList();
        if (missing.Count > 0)
        {
            var access = _access ??= await AccessAsync(existing, cancellation);
            if (_atOnce && missing.Count > 1 && missing.Count == setup.Fleet.InstanceCount)
                await CreateAsync(setup.Fleet.Name, missing.Count, access, cancellation);
            else
                await CloudClients.ForEachAsync(missing, (index, token) => CreateAsync(NameOf(index), 1, access, token), cancellation);
        }

        good = await RenamedAsync(good, cancellation);
        Show(good, setup.Now - startedAt);
        if (missing.Count == 0 && good.Count == setup.Fleet.InstanceCount - _givenUp.Count
            && good.TrueForAll(server => server.Status == "ACTIVE"))
            return await WithAddressesAsync(existing with { Servers = good }, cancellation);
        return setup.Now - startedAt > setup.Fleet.BootTimeout ? throw TooLate(kept) : null;
    }

    private static int Index(Server server) => FleetInCloud.IndexOf(server.Name);

    private IEnumerable<int> Indices() => Enumerable.Range(1, setup.Fleet.InstanceCount).Except(_givenUp);

    private string NameOf(int index) => $"{setup.Fleet.Name}-{index:00}";

    /// <summary>Servers beyond the wanted number, those that are to be replaced, and twins that a lost answer has left.</summary>
    private List<Server> Surplus(FleetInCloud existing)
    {
        var indices = Indices().ToHashSet();
        var standing = existing.Servers.Where(server => !server.IsGoing).ToList();
        return
        [
            .. standing.Where(server => !indices.Contains(Index(server))
                || (setup.Fleet.Replace && wanted.DifferenceOf(server) is not null)),
            .. standing.Where(server => indices.Contains(Index(server))).GroupBy(Index)
                .SelectMany(twins => twins.OrderBy(server => server.Status == "ERROR").ThenBy(server => server.Created).Skip(1)),
        ];
    }

    /// <summary>Deletes servers in error, for the next look to replace; gives up on one that was replaced often enough.</summary>
    private async Task RefuseErrorsAsync(List<Server> servers, CancellationToken cancellation)
    {
        var errors = servers.Where(server => server.Status == "ERROR").ToList();
        if (errors.Count == 0)
            return;

        // A request for many is refused as a whole for want of room for one: what has room comes up when asked for one by one.
        var refusedAsOne = _atOnce && servers.Count > 1 && errors.Count == servers.Count;
        _atOnce = false;
        if (refusedAsOne)
            setup.Log.Warn($"All {errors.Count} servers are in ERROR ({await FaultOfAsync(errors[0], cancellation)}): they are "
                + "requested again, one by one.");

        foreach (var broken in errors)
        {
            if (!refusedAsOne)
                GiveUpOrRetry(broken, await FaultOfAsync(broken, cancellation));
            await clients.Servers.DeleteAsync(broken.Id, cancellation);
        }
    }

    private async Task<string> FaultOfAsync(Server server, CancellationToken cancellation) =>
        (await clients.Servers.GetAsync(server.Id, cancellation)).Fault?.Message.Trim() ?? "the cloud gives no reason";

    private void GiveUpOrRetry(Server broken, string fault)
    {
        var (index, name) = (Index(broken), NameOf(Index(broken)));
        var retries = _retries[index] = _retries.GetValueOrDefault(index) + 1;
        if (retries <= setup.Fleet.ServerRetries)
            setup.Log.Warn($"{name} is in ERROR ({fault}): replacing it.");
        else if (setup.Fleet.InstanceCount - _givenUp.Count > setup.Fleet.MinServers && _givenUp.Add(index))
            setup.Log.Warn($"{name} ended in ERROR {retries} times, last: {fault}. The fleet continues without it (--min-servers "
                + $"{setup.Fleet.MinServers}).");
        else
            throw new LoadTestException($"{name} ended in ERROR {Format.Counted(retries, "time")}, last: {fault}",
                "--server-retries N allows more attempts, --min-servers N accepts fewer servers.");
    }

    /// <summary>
    /// What must exist before SSH does, and nothing else: the server's own host keys, printed on the console, where we read them. An RSA
    /// key takes a small machine seconds to make, and sshd waits for it (cloud-init, modules cc_ssh and cc_keys_to_console).
    /// </summary>
    private static string UserData { get; } = Convert.ToBase64String("""
        #cloud-config
        ssh_deletekeys: true
        ssh_genkeytypes: [ed25519, ecdsa]
        ssh: {emit_keys_to_console: true}

        """u8);

    /// <summary>One request, for one server or for many that are alike.</summary>
    private async Task CreateAsync(string name, int count, Access access, CancellationToken cancellation)
    {
        try
        {
            await clients.Servers.CreateAsync(new ServerOptions
            {
                Name = name,
                FlavorRef = wanted.Flavor.Id,
                ImageRef = wanted.Image.Id,
                KeyName = access.KeyPair,
                Networks = [new ServerNetwork(wanted.Network.Id)],
                SecurityGroups = [new ServerSecurityGroup(access.Group)],
                UserData = UserData,
                Metadata = _tag.Metadata(setup.Now),
                Tags = [OwnershipTag.Tool, _tag.Tag],
                AvailabilityZone = setup.OpenStack.AvailabilityZone,
                MinCount = count,
                MaxCount = count,
            }, access.ServerGroup, cancellation);
        }
        catch (NoResponseException error)
        {
            // The cloud may have made it: the next list tells.
            setup.Log.Detail($"{name}: no answer to its creation ({error.Message})");
        }
    }

    /// <summary>Each as soon as it is up, while others still boot.</summary>
    private async Task<List<Server>> RenamedAsync(List<Server> servers, CancellationToken cancellation)
    {
        var misnamed = servers.Where(server => server.Status == "ACTIVE" && server.Name != NameOf(Index(server))).ToList();
        await CloudClients.ForEachAsync(misnamed, (server, token) => clients.Servers.RenameAsync(server.Id, NameOf(Index(server)), token),
            cancellation);
        return [.. servers.Select(server => misnamed.Contains(server) ? server with { Name = NameOf(Index(server)) } : server)];
    }

    /// <summary>
    /// The key pair and the security group that servers are created with; existing ones are used. The group comes first: a key pair has no
    /// room for a whole ownership tag, and one alone would not show whose fleet it belongs to.
    /// </summary>
    private async Task<Access> AccessAsync(FleetInCloud existing, CancellationToken cancellation)
    {
        var group = existing.SecurityGroups.Count > 0
            ? existing.SecurityGroups[0]
            : await clients.SecurityGroups.CreateAsync(
                new SecurityGroupOptions($"{setup.OpenStack.SecurityGroup}-{setup.Fleet.Name}", _tag.Description), cancellation);
        var sources = (setup.OpenStack.SshSource ?? "0.0.0.0/0")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        List<SecurityGroupRule> rules =
            [.. sources.Select(source => new SecurityGroupRule(group.Id, "tcp", 22, 22, source)),
            new(group.Id, "icmp", null, null, "0.0.0.0/0")];
        var (opened, pair, spread) =
            (CloudClients.ForEachAsync(rules, clients.SecurityGroups.AddRuleAsync, cancellation), KeyPairAsync(existing, cancellation),
            ServerGroupAsync(existing, cancellation));
        await Task.WhenAll(opened, pair, spread);
        return new Access(await pair, group.Id, await spread);
    }

    private async Task<string> KeyPairAsync(FleetInCloud existing, CancellationToken cancellation)
    {
        var pair = FleetKeyPair.Of(setup, existing.AllKeyPairs);
        if (pair.Outdated)
            await clients.KeyPairs.DeleteAsync(pair.Name, cancellation);
        if (!pair.Exists)
            await clients.KeyPairs.CreateAsync(new KeyPair(pair.Name, pair.PublicKey), cancellation);
        return pair.Name;
    }

    /// <summary>Where <c>--spread</c> is given: the cloud puts the servers on different hypervisors as far as it has them.</summary>
    private async Task<string?> ServerGroupAsync(FleetInCloud existing, CancellationToken cancellation)
    {
        if (!setup.OpenStack.Spread)
            return null;

        var group = existing.ServerGroups.Count > 0
            ? existing.ServerGroups[0]
            : await clients.ServerGroups.CreateAsync(
                new ServerGroupOptions(OwnershipTag.KeyPairNameOf(setup.Fleet.Name), ["soft-anti-affinity"]), cancellation);
        return group.Id;
    }

    private async Task<IReadOnlyList<FleetHost>> WithAddressesAsync(FleetInCloud existing, CancellationToken cancellation)
    {
        var hosts = await new Addresses(clients, setup).GiveAsync(existing, wanted, _tag.Description, cancellation);
        return hosts.Any(host => host.Address is null)
            ? throw new LoadTestException(
                $"{hosts.Where(host => host.Address is null).Select(host => host.Name).Listed()} have no "
                + "address to reach them by.")
            : hosts;
    }

    private void Show(List<Server> servers, TimeSpan elapsed) => setup.Log.Show(new ProgressView(
        $"Booting {Format.Counted(setup.Fleet.InstanceCount, "server")}",
        $"{servers.Count(server => server.Status == "ACTIVE")} of {setup.Fleet.InstanceCount} servers ACTIVE after "
            + $"{elapsed.TotalSeconds.ToString("0")} s",
        ["server", "state", "task"],
        [.. servers.OrderBy(server => server.Name, StringComparer.Ordinal)
            .Select(server => (IReadOnlyList<string>)[server.Name, server.Status, server.TaskState ?? ""])]));

    private LoadTestException TooLate(List<Server> servers) => new(
        $"After {setup.Fleet.BootTimeout.Humanize()} {servers.Count(server => server.Status == "ACTIVE")} of {setup.Fleet.InstanceCount} "
            + "servers are ACTIVE; "
            + servers.Where(server => server.Status != "ACTIVE").Take(10)
                .Select(server => $"{server.Name} is in {server.Status} ({server.TaskState})").Listed(),
        "--boot-timeout waits longer.");

    /// <summary>What every server is made with.</summary>
    private sealed record Access(string KeyPair, string Group, string? ServerGroup);
}
