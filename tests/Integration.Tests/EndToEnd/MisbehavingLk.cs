using System.Text.Json;
using Rehearsal.Hosts;
using Rehearsal.LiveKit;
using Tests.Ssh;

namespace Integration.Tests.EndToEnd;

/// <summary>One run on real sshd hosts, on each of which lk does something else that it should not do.</summary>
public sealed class MisbehavingLk : IAsyncDisposable
{
    private static readonly string[] Hosts = ["sound", "mute", "stillborn", "shortlived", "endless", "deaf"];

    private readonly Operator _operator = new();
    private readonly SshLab _lab = new();
    private readonly HostFolders _folders;

    public MisbehavingLk() => _folders = new HostFolders(_lab.File("machines"), "healthy");

    public async ValueTask DisposeAsync()
    {
        foreach (var name in Hosts)
            _folders.Delete(name);
        await _lab.DisposeAsync();
        _operator.Dispose();
    }

    [Fact]
    public async Task Is_stopped_by_a_condition_told_killed_brought_home_and_never_called_a_pass()
    {
        await File.WriteAllTextAsync(_lab.File("lk"), $$"""
            #!/usr/bin/env bash
            if [[ $* == *load-test* ]]; then
                case ${HOST_ROOT##*/} in
                mute) exec sleep 600 ;;
                stillborn) echo 'panic: runtime error' >&2; exit 2 ;;
                shortlived) {{HostFolders.Lk}} "$@" & sleep 6; kill -KILL $!; exit 137 ;;
                endless) while :; do echo 'what is this?'; read -rt 0.002 <> <(:) _; done ;;
                deaf) trap '' INT ;;
                esac
            fi
            exec {{HostFolders.Lk}} "$@"
            """, SshLab.Cancellation);
        await File.WriteAllLinesAsync(_lab.File("hosts"), await StartAsync(), SshLab.Cancellation);
        await using var door = await LiveKitStub.OpenAsync(SshLab.Cancellation);

        var said = await _operator.RunAsync(
            $"Report --cloud inventory --inventory {_lab.File("hosts")} --host-key-check accept-new --ssh-key {_lab.Key.Path} "
                + $"--lk-binary {_lab.File("lk")} --smoke-join false "
            + $"--test-duration 60s --participants-per-vm 20 --abort-when connected<90% --livekit-url {door.Credentials.Url} "
                + $"--livekit-api-key {door.Credentials.ApiKey}",
            ("LIVEKIT_API_SECRET", door.Credentials.ApiSecret.Reveal()));

        said.ExitCode.ShouldBe(99, said.Text);
        said.Text.ShouldContain("connected<90% holds: the load is stopped");
        said.Text.ShouldContain("did not start a load test: no reason given",
            customMessage: said.Text); // mute; shortlived too, on a busy machine
        said.Text.ShouldContain("1 of 6 lk processes did not start a load test: panic: runtime error", customMessage: said.Text);
        said.Text.ShouldContain("results of 6 hosts are in");
        using var run = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_operator.Results, "run.json"), SshLab.Cancellation));
        var hosts = run.RootElement.GetProperty("hosts").EnumerateArray().ToList();
        hosts.ShouldAllBe(host => host.GetProperty("outcome").GetString() == "Collected");
        hosts.ToDictionary(host => host.GetProperty("server").GetString()!,
            host => host.GetProperty("processes")[0].GetProperty("exitCode").GetInt32()).ShouldBe(new Dictionary<string, int>
        {
            ["sound"] = 0, // with its tables
            ["mute"] = 130,
            ["stillborn"] = 2,
            ["shortlived"] = 137,
            ["endless"] = 130,
            ["deaf"] = 137, // killed: it did not heed SIGINT
        }, ignoreOrder: true);
        (await File.ReadAllTextAsync(Path.Combine(_operator.Results, "vm-01/logs/lk-1.stdout"), SshLab.Cancellation))
            .ShouldContain("Total");
    }

    /// <returns>The inventory.</returns>
    private async Task<IReadOnlyList<string>> StartAsync()
    {
        var lines = new List<string>();
        foreach (var (index, name) in Hosts.Index())
        {
            _folders.Boot(name, index + 1);
            var sshd = await _lab.StartOnAsync(_folders.RootOf(name), name);
            lines.Add($"{name} ansible_host=127.0.0.1 ansible_port={sshd.Port} ansible_user={Environment.UserName}");
        }

        return lines;
    }
}
