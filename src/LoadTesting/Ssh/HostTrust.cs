using LoadTesting.Fleet;

namespace LoadTesting.Ssh;

/// <summary>
/// Decides which host key a machine must prove to have: the one recorded before, else one that it printed on its console, which
/// nobody on the network can forge; else, when there is no console or it stays silent, the first one seen.
/// </summary>
/// <param name="access">Where consoles and recorded keys are.</param>
/// <param name="machine">The machine.</param>
internal sealed class HostTrust(SshAccess access, Machine machine)
{
    /// <summary>cloud-init prints the keys at the end of a boot, which is after sshd has begun to answer.</summary>
    private static readonly TimeSpan ConsolePatience = TimeSpan.FromSeconds(90);

    private long? _firstAnswer;
    private HostKey? _offered;

    /// <summary>The keys of which the machine must have one; none while nothing is known.</summary>
    public IReadOnlyList<HostKey> Expected { get; private set; } = [];

    /// <summary>The error for a machine that offered another key than expected; null when it did not.</summary>
    public HostUnreachableException? Refusal => _offered is null || Expected.Count == 0 || Expected.Contains(_offered)
        ? null
        : new HostUnreachableException(
            $"{machine.Name} ({machine.Address}) has the wrong host key: {_offered.Type} {_offered.Fingerprint}, expected "
            + $"{string.Join(" or ", Expected.Select(key => $"{key.Type} {key.Fingerprint}"))} (recorded in {access.KnownHosts.Path} under {machine.Id}). "
            + "Nothing was sent to it: somebody may be between it and us.");

    /// <summary>Finds out what is known of the machine.</summary>
    public async Task LearnAsync(CancellationToken cancellation)
    {
        Expected = access.KnownHosts.Of(machine.Id);
        if (Expected.Count > 0)
            return;

        Expected = HostKey.OnConsole(await ConsoleAsync(cancellation));
        if (Expected.Count > 0)
            access.KnownHosts.Record(machine.Id, Expected);
    }

    /// <summary>Whether a key that the machine offers, and proves to have, is good.</summary>
    public bool Accepts(HostKey offered)
    {
        _offered = offered;
        _firstAnswer ??= access.Time.GetTimestamp();
        return Expected.Count > 0
            ? Expected.Contains(offered)
            : access.Console is null || access.Time.GetElapsedTime(_firstAnswer.Value) >= ConsolePatience;
    }

    /// <summary>Records a key that was trusted because it was the first one.</summary>
    public void Settle()
    {
        if (Expected.Count > 0 || _offered is null)
            return;

        access.KnownHosts.Record(machine.Id, [_offered]);
        access.Log.Detail($"{machine.Name}: its host key {_offered.Fingerprint} is trusted on first use and recorded in {access.KnownHosts.Path}");
    }

    private async Task<string> ConsoleAsync(CancellationToken cancellation)
    {
        try
        {
            return access.Console is { } console ? await console(machine, cancellation) : "";
        }
        catch (LoadTestException error)
        {
            access.Log.Detail($"{machine.Name}: its console cannot be read: {error.Message}");
            return "";
        }
    }
}
