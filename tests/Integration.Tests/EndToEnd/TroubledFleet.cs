using LoadTesting.Results;
using Rehearsal.Hosts;
using Rehearsal.LiveKit;
using Reporting.Raw.Manifest;
using Tests.Lab;

namespace Integration.Tests.EndToEnd;

/// <summary>
/// Real hosts with networks and disks of their own, lk on them that plays recordings and whatever its host is to do, and who operates them.
/// </summary>
internal sealed class TroubledFleet : IAsyncDisposable
{
    /// <summary>So many bytes a host that behaves as "flood" writes.</summary>
    public const long Flood = 1L << 30;

    private readonly Operator _operator = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trouble-");
    private readonly HostLab _lab = new();
    private readonly HostFolders _folders;
    private LiveKitStub? _door;
    private string _words = "";

    public TroubledFleet() => _folders = new HostFolders(Path.Combine(_folder.FullName, "machines"), "healthy");

    public string Results => _operator.Results;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (_door is not null)
            await _door.DisposeAsync();
        await _lab.DisposeAsync();
        _operator.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Boots the hosts.</summary>
    public async Task<IReadOnlyList<LabHost>> BootAsync(params IReadOnlyList<(string Behaviour, int Megabytes)> wanted)
    {
        var hosts = new List<LabHost>();
        for (var index = 1; index <= wanted.Count; index++)
            _folders.Boot($"{index}", index);
        foreach (var (index, (behaviour, megabytes)) in wanted.Index())
        {
            var host = await _lab.StartAsync(megabytes: megabytes);
            var root = _folders.RootOf($"{index + 1}");
            await host.InsideAsync($"""
                echo {behaviour} >/root/behaviour
                echo 'SetEnv HOST_ROOT={root} PATH={root}/usr/local/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin {Clock(behaviour)}' >>/run/lab/sshd_config
                [[ ! '{Clock(behaviour)}' ]] || mount -t tmpfs shm /dev/shm
                until [[ -s /run/lab/sshd.pid ]]; do read -rt 0.1 <> <(:) _ || :; done
                kill -HUP $(</run/lab/sshd.pid)
                """);
            hosts.Add(host);
        }

        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "lk"), $$"""
            #!/usr/bin/env bash
            read -r behaviour </root/behaviour
            if [[ $* == *load-test* ]]; then
                : >/root/began
                case $behaviour in
                flood) yes 'the same line again and again, as of a program that has lost its mind' | head -c {{Flood}} ;;
                full) cat /dev/zero >/root/ballast; echo 'nobody reads this'; sleep 5; exit 3 ;;
                tampered) ln -s /etc logs/outside ;;
                esac
            fi
            exec {{HostFolders.Lk}} "$@"
            """, Cancellation);
        await File.WriteAllLinesAsync(Path.Combine(_folder.FullName, "hosts"),
            hosts.Select(host => $"{host.Host.Name} ansible_host={host.Host.Address} ansible_user=root"), Cancellation);
        return hosts;
    }

    /// <summary>
    /// Configures the hosts. Prepare is left out everywhere: from their networks hosts do not reach a door on the loopback address.
    /// </summary>
    /// <param name="words">What every command is to have.</param>
    public async Task ConfigureAsync(string words)
    {
        _door = await LiveKitStub.OpenAsync(Cancellation);
        _words = $"--cloud inventory --inventory {Path.Combine(_folder.FullName, "hosts")} --host-key-check accept-new --ssh-key "
            + $"{_lab.Key.Path} --lk-binary {Path.Combine(_folder.FullName, "lk")} "
            + $"--host-packages none --participants-per-vm 20 --livekit-url {_door.Credentials.Url} --livekit-api-key "
                + $"{_door.Credentials.ApiKey} {words}";
        var configured = await RunAsync("Configure");
        configured.ExitCode.ShouldBe(0, configured.Text);
    }

    /// <summary>Starts a command.</summary>
    public Operator.Running Start(string words) =>
        _operator.Start($"{words} {_words}", ("LIVEKIT_API_SECRET", _door!.Credentials.ApiSecret.Reveal()));

    /// <summary>Runs a command to its end.</summary>
    public async Task<Said> RunAsync(string words)
    {
        using var running = Start(words);
        return await running.EndAsync();
    }

    /// <summary>The run whose results are at home.</summary>
    public RunManifest Manifest() => new ResultsDirectory(Results).Manifest()!;

    /// <summary>What became of a host, how its lk ended, and what is wrong with its results.</summary>
    public (HostOutcome Outcome, int? ExitCode, string? Reason) Host(int index)
    {
        var host = Manifest().Hosts.Single(host => host.Server == $"lab-{index:00}");
        return (host.Outcome, host.Processes.Count == 0 ? null : host.Processes[0].ExitCode, host.Reason);
    }

    /// <summary>
    /// The kernel has one clock for all its hosts: one that is off is off for whatever sshd starts, as gettimeofday and stat tell it.
    /// </summary>
    private static string Clock(string behaviour) => behaviour is "+3s" or "-3s"
        ? $"LD_PRELOAD=/usr/$LIB/faketime/libfaketime.so.1 FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME={behaviour}"
        : "";
}
