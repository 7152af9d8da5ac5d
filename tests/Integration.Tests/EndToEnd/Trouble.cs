using LoadTesting.Hosts;
using Tests.Lab;

namespace Integration.Tests.EndToEnd;

/// <summary>What happens to hosts of the lab, and how a test waits for what is seen there.</summary>
internal static class Trouble
{
    /// <summary>Does the same on several hosts at once.</summary>
    public static Task EachAsync(IReadOnlyList<LabHost> hosts, Func<LabHost, Task> step) => Task.WhenAll(hosts.Select(step));

    /// <summary>A program of the host hangs when it is called with these words, for so long at most.</summary>
    public static async Task HangAsync(LabHost host, string program, string words, int tenths = 1000) => await host.InsideAsync($$"""
        rm -f /root/reached-* /root/release-*
        cp -p {{program}} {{program}}.real
        rm {{program}}
        cat >{{program}} <<'HANG'
        #!/usr/bin/env bash
        if [[ $* == {{words}} ]]; then
            : >/root/reached-${0##*/}
            for ((left = {{tenths}}; left > 0; left--)); do [[ -e /root/release-${0##*/} ]] || read -rt 0.1 <> <(:) _; done
        fi
        exec {{program}}.real "$@"
        HANG
        chmod 755 {{program}}
        """);

    /// <summary>Waits until a program that hangs was called.</summary>
    public static Task ReachedAsync(LabHost host, string program) => IsThereAsync(host, $"/root/reached-{program}");

    /// <summary>Lets a program that hangs go on, and be what it was.</summary>
    public static Task ReleaseAsync(LabHost host, string program) =>
        host.InsideAsync($": >/root/release-{Path.GetFileName(program)}; rm {program}; cp -p {program}.real {program}");

    /// <summary>Waits for a file.</summary>
    public static Task IsThereAsync(LabHost host, string file) => UntilAsync(host, $"compgen -G '{file}'");

    /// <summary>Waits until a command succeeds on the host.</summary>
    public static Task UntilAsync(LabHost host, string condition) =>
        host.InsideAsync($"export condition={ShellWords.Quote(condition)}; timeout 100 bash -c 'until eval \"$condition\" &>/dev/null; "
            + "do read -rt 0.1 <> <(:) _ || :; done'");
}
