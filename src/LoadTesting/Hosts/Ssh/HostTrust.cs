namespace LoadTesting.Hosts.Ssh;

/// <summary>
/// Decides which host key a machine must prove to have: the one recorded before, else one that it printed on its console, which cannot be
/// forged from the network; else, when there is no console or it stays silent, the first one seen. For machines that keep their addresses
/// the operator's known_hosts come first, and may be all that counts.
/// </summary>
/// <param name="access">Where consoles and recorded keys are.</param>
/// <param name="host">The host.</param>
internal sealed class HostTrust(SshAccess access, FleetHost host)
{
    /// <summary>cloud-init prints the keys at the end of a boot, which is after sshd has begun to answer.</summary>
    private static readonly TimeSpan ConsoleTimeout = TimeSpan.FromSeconds(90);

    private readonly int _port = access.Parameters.PortOf(host);
    private readonly bool _isStrict = access.Parameters.HostKeyCheck == HostKeyCheck.KnownHosts;
    private long? _firstAnswer;
    private HostKey? _offered;
    private string _where = $"{access.KnownHosts.Path} under {host.Id}";

    /// <summary>The keys of which the machine must have one; none while nothing is known.</summary>
    public IReadOnlyList<HostKey> Expected { get; private set; } = [];

    /// <summary>The error for a machine that offered a key that is never to be good; null when it did not.</summary>
    public HostUnreachableException? Refusal => _offered switch
    {
        null => null,
        _ when IsRevoked(_offered) => Refused($"a host key that is revoked: {Shown(_offered)} ({Files})."),
        _ when Expected.Count > 0 && !Expected.Contains(_offered) => Refused(
            $"the wrong host key: {Shown(_offered)}, expected {string.Join(" or ", Expected.Select(Shown))} (recorded in {_where})."),
        _ when Expected.Count == 0 && _isStrict => Refused(
            $"a host key that is not known: {Shown(_offered)}; expected a line for {UserKnownHosts.NameOf(host.Address!, _port)} in "
                + $"{Files}. "
            + "ssh to it once, or --host-key-check accept-new."),
        _ => null,
    };

    /// <summary>Finds out what is known of the machine.</summary>
    public async Task LearnAsync(CancellationToken cancellation)
    {
        Expected = access.OperatorsHosts?.Of(host.Address!, _port) ?? [];
        if (Expected.Count > 0)
        {
            _where = Files;
            return;
        }

        Expected = access.KnownHosts.Of(host.Id);
        if (Expected.Count > 0)
            return;

        Expected = HostKey.OnConsole(await ConsoleAsync(cancellation));
        if (Expected.Count > 0)
            access.KnownHosts.Record(host.Id, Expected);
    }

    /// <summary>Whether a key that the machine offers, and proves to have, is good.</summary>
    public bool Accepts(HostKey offered)
    {
        _offered = offered;
        _firstAnswer ??= access.Time.GetTimestamp();
        if (IsRevoked(offered))
            return false;

        return Expected.Count > 0
            ? Expected.Contains(offered)
            : !_isStrict && (access.Console is null || access.Time.GetElapsedTime(_firstAnswer.Value) >= ConsoleTimeout);
    }

    /// <summary>Records a key that was trusted because it was the first one.</summary>
    public void Settle()
    {
        if (Expected.Count > 0 || _offered is null)
            return;

        access.KnownHosts.Record(host.Id, [_offered]);
        access.Log.Detail($"{host.Name}: its host key {_offered.Fingerprint} is trusted on first use and recorded in "
            + $"{access.KnownHosts.Path}");
    }

    private string Files => (access.OperatorsHosts?.Paths ?? []).Listed();

    private static string Shown(HostKey key) => $"{key.Type} {key.Fingerprint}";

    private bool IsRevoked(HostKey key) => access.OperatorsHosts?.IsRevoked(key, host.Address!, _port) == true;

    private HostUnreachableException Refused(string what) =>
        new($"{host.Name} ({host.Address}) has {what} Nothing was sent to it: another machine may be intercepting the connection.");

    private async Task<string> ConsoleAsync(CancellationToken cancellation)
    {
        try
        {
            return access.Console is { } console ? await console(host, cancellation) : "";
        }
        catch (LoadTestException error)
        {
            access.Log.Detail($"{host.Name}: its console cannot be read: {error.Message}");
            return "";
        }
    }
}
