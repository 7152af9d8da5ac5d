using System.Text.Json;
using LoadTesting.Hosts.Settings;
using LoadTesting.Hosts.Ssh;
using LoadTesting.Lk;
using Tests.Ssh;

namespace Tests.Lab;

/// <summary>Configure on hosts whose sysctls, files and processes are real, and what may be wrong with them.</summary>
public sealed class ConfiguringRealHosts : IAsyncDisposable
{
    private static readonly ILkInstaller Lk = new LkUpload(() => "#!/bin/sh\necho lk version 9.8.7\n"u8.ToArray());
    private readonly HostLab _lab = new();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task The_first_one_sets_everything_and_the_second_changes_nothing_and_says_so()
    {
        var hosts = await _lab.StartAsync(2);

        await _lab.ConfigureAsync(Lk);
        await _lab.ConfigureAsync(Lk);

        _lab.Log.Warnings.ShouldBeEmpty();
        _lab.Log.Said.ShouldBe(["2 hosts configured, 2 changed.", "2 hosts configured, nothing to change."]);
        foreach (var host in hosts)
        {
            (await SettingsAsync(host)).ShouldBe(HostSetting.All.Select(setting => setting.WantedLine));
            (await host.InsideAsync("/root/.livekit-loadtest/bin/lk --version")).ShouldBe("lk version 9.8.7\n");
            using var facts = JsonDocument.Parse(await host.InsideAsync("cat /root/.livekit-loadtest/facts.json"));
            facts.RootElement.GetProperty("processors").GetInt32().ShouldBe(Environment.ProcessorCount);
            facts.RootElement.GetProperty("kernel").GetString()
                .ShouldBe((await File.ReadAllTextAsync("/proc/sys/kernel/osrelease", TestContext.Current.CancellationToken)).Trim());
            facts.RootElement.GetProperty("memoryKiB").GetInt64().ShouldBeGreaterThan(0);
            facts.RootElement.GetProperty("openFiles").GetString()!.Split(' ').Length.ShouldBe(2);
            facts.RootElement.GetProperty("settings").GetProperty("net.netfilter.nf_conntrack_max").GetString().ShouldBe("524288");
            (await host.InsideAsync("stat -c %a /root/.livekit-loadtest /root/.livekit-loadtest/bin/lk")).ShouldBe("700\n700\n");
        }
    }

    [Fact]
    public async Task What_a_machine_of_an_inventory_had_before_is_put_back_and_our_files_are_gone()
    {
        var host = await _lab.StartAsync();
        var before = await EverythingAsync(host);
        await _lab.ConfigureAsync(Lk);
        (await EverythingAsync(host)).ShouldNotBe(before);

        await _lab.DestroyAsync();

        (await EverythingAsync(host)).ShouldBe(before);
        (await host.InsideAsync("ls -d /etc/*/90-livekit* /etc/*/*/90-livekit* /root/.livekit-loadtest 2>/dev/null || :")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_machine_without_frequencies_misses_nothing_and_one_with_a_larger_table_keeps_it()
    {
        var host = await _lab.StartAsync();
        await host.InsideAsync("rm -r /sys/devices; echo 262144 >/sys/module/nf_conntrack/parameters/hashsize");

        await _lab.ConfigureAsync(Lk);

        _lab.Log.Warnings.ShouldBeEmpty();
        (await host.InsideAsync("cat /sys/module/nf_conntrack/parameters/hashsize; ls /sys")).ShouldBe("262144\nmodule\n");
    }

    [Fact]
    public async Task No_limit_is_kept_with_which_nobody_could_log_in_any_more()
    {
        var host = await _lab.StartAsync();
        await host.InsideAsync("mount -o remount,bind,ro /proc/sys/fs/nr_open");

        await _lab.ConfigureAsync(Lk);

        _lab.Log.Warnings.ShouldContain(warning =>
            warning.StartsWith("fs.nr_open = 1048576 is not possible on no host (Read-only file system)", StringComparison.Ordinal));
        _lab.Log.Warnings.ShouldContain(
            warning => warning.StartsWith(
            "/etc/security/limits.d/90-livekit-loadtest.conf is not possible on no host (fs.nr_open is 524288)", StringComparison.Ordinal));
        (await host.InsideAsync("ls /etc/security/limits.d/90-livekit* 2>/dev/null || :")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Settings_come_back_after_a_boot()
    {
        var host = await _lab.StartAsync();
        await _lab.ConfigureAsync(Lk);

        await host.InsideAsync(
            "sysctl -qw net.ipv4.ip_local_port_range='32768 60999' net.core.somaxconn=128; sysctl -q --system 2>/dev/null");

        (await SettingsAsync(host)).ShouldBe(HostSetting.All.Select(setting => setting.WantedLine));
    }

    [Fact]
    public async Task A_setting_that_the_kernel_does_not_give_away_is_named_with_what_it_costs_and_the_others_are_made()
    {
        var host = await _lab.StartAsync();
        await host.InsideAsync("mount -o remount,bind,ro /proc/sys/net/netfilter/nf_conntrack_max");

        await _lab.ConfigureAsync(Lk);

        _lab.Log.Warnings.ShouldHaveSingleItem()
            .ShouldStartWith("net.netfilter.nf_conntrack_max = 524288 is not possible on no host (Read-only file system)");
        (await host.InsideAsync("cat /proc/sys/net/netfilter/nf_conntrack_max /proc/sys/net/core/rmem_max")).ShouldBe("65536\n134217728\n");
    }

    [Fact]
    public async Task Hosts_that_cannot_be_entered_are_each_named_with_what_was_last_seen_and_the_others_go_on()
    {
        var hosts = await _lab.StartAsync(3);
        await hosts[1].InsideAsync("pkill -o sshd");
        _lab.KnownHosts.Record(hosts[2].Host.Id, [hosts[0].HostKey]);
        await _lab.StartAsync(authorizedKey: SshKey.Create(Path.Combine(Path.GetDirectoryName(_lab.Key.Path)!, "stranger")).PublicLine);

        await _lab.ConfigureAsync(Lk, minServers: 1, times => times with { ConnectTimeout = TimeSpan.FromSeconds(10) });

        _lab.Log.Said.ShouldBe(["1 host configured, 1 changed."]);
        _lab.Log.Warnings.ShouldContain(warning => warning.Contains("lab-02") && warning.Contains("connection refused"));
        _lab.Log.Warnings.ShouldContain(
            warning => warning.Contains("lab-03") && warning.Contains("wrong host key") && warning.Contains(hosts[2].HostKey.Fingerprint));
        _lab.Log.Warnings.ShouldContain(warning => warning.Contains("lab-04") && warning.Contains("it refused our key"));
    }

    [Fact]
    public async Task A_command_that_hangs_costs_its_host_and_no_other_and_does_not_go_on_hanging()
    {
        var hosts = await _lab.StartAsync(2);
        await hosts[1].InsideAsync("printf '#!/bin/bash\\nexec -a hanging sleep 1000\\n' >/usr/sbin/modprobe; chmod +x /usr/sbin/modprobe");

        await _lab.ConfigureAsync(Lk, minServers: 1, times => times with { Deadline = TimeSpan.FromSeconds(15) });

        _lab.Log.Said.ShouldBe(["1 host configured, 1 changed."]);
        _lab.Log.Warnings.ShouldHaveSingleItem().ShouldContain("lab-02");
        _lab.Log.Warnings.Single().ShouldContain("no answer within 15 s");
        (await hosts[1].InsideAsync("pgrep -cf '^hanging' || :")).ShouldBe("0\n");
    }

    [Fact]
    public async Task A_host_that_dies_in_the_middle_is_noticed_and_the_others_go_on()
    {
        var hosts = await _lab.StartAsync(2);
        await hosts[1].InsideAsync(
            "mkfifo /root/reached; printf '#!/bin/bash\\necho here >/root/reached; exec sleep 1000\\n' >/usr/sbin/modprobe; chmod +x "
            + "/usr/sbin/modprobe");

        var configuring = _lab.ConfigureAsync(Lk, minServers: 1, times => times with { KeepAlive = TimeSpan.FromSeconds(2) });
        await hosts[1].InsideAsync("read -r _ </root/reached");
        await hosts[1].PullThePlugAsync();
        await configuring;

        _lab.Log.Said.ShouldBe(["1 host configured, 1 changed."]);
        _lab.Log.Warnings.ShouldHaveSingleItem().ShouldContain("lab-02");
        _lab.Log.Warnings.Single().ShouldContain("lost:");
    }

    [Fact]
    public async Task A_full_disk_is_the_reason_that_is_given()
    {
        var host = await _lab.StartAsync(megabytes: 8);
        await host.InsideAsync("dd if=/dev/zero of=/root/full bs=64k status=none 2>/dev/null || :");

        var error = await Should.ThrowAsync<LoadTestException>(() => _lab.ConfigureAsync(Lk));

        error.Message.ShouldContain("lab-01");
        error.Message.ShouldContain("No space left on device");
    }

    [Fact]
    public async Task A_line_that_loses_packets_and_a_slow_one_are_only_slower()
    {
        var hosts = await _lab.StartAsync(2);
        await hosts[0].InsideAsync(
            "nft 'add table ip lossy; add chain ip lossy in { type filter hook input priority 0; }; add rule ip lossy in numgen random "
            + "mod 100 < 5 drop'");
        await hosts[1].InsideAsync("tc qdisc add dev eth0 root tbf rate 512kbit burst 4kb latency 400ms");

        await _lab.ConfigureAsync(Lk, with: times => times with
        {
            Deadline = TimeSpan.FromMinutes(2),
            ConnectTimeout = TimeSpan.FromMinutes(2),
        });

        _lab.Log.Warnings.ShouldBeEmpty();
        foreach (var host in hosts)
            (await SettingsAsync(host)).ShouldBe(HostSetting.All.Select(setting => setting.WantedLine));
    }

    [Fact]
    public async Task Hosts_download_lk_themselves_and_one_without_a_way_out_is_given_it()
    {
        var hosts = await _lab.StartAsync(2);
        await using var mirror = new LkMirror(hosts[0].Controller); // the second host has no route there
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var release = new LkRelease(new LiveKitParameters { LkVersion = LkMirror.Version, LkMirror = mirror.Url }, http);

        await _lab.ConfigureAsync(release);
        await _lab.ConfigureAsync(release);

        _lab.Log.Said.Last().ShouldBe("2 hosts configured, nothing to change.");
        mirror.Asked.Where(asked => asked.Key != "checksums.txt").Sum(asked => asked.Value)
            .ShouldBe(2); // the first host, and the controller
        foreach (var host in hosts)
            (await host.InsideAsync("/root/.livekit-loadtest/bin/lk --version")).ShouldBe("lk version 9.8.7\n");
    }

    [Fact]
    public async Task A_download_that_is_not_what_was_released_is_deleted()
    {
        var host = await _lab.StartAsync();
        await using var mirror = new LkMirror(host.Controller);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var release = new LkRelease(
            new LiveKitParameters { LkVersion = LkMirror.Version, LkMirror = mirror.Url, LkSha256 = new string('a', 64) }, http);

        var error = await Should.ThrowAsync<LoadTestException>(() => _lab.ConfigureAsync(release));

        error.Message.ShouldContain("has the wrong checksum");
        (await host.InsideAsync("ls /root/.livekit-loadtest/bin")).ShouldBeEmpty();
    }

    private static Task<string> EverythingAsync(LabHost host) =>
        host.InsideAsync($"shopt -s nullglob; grep -H '' {string.Join(' ', HostSetting.All.Select(setting => setting.Files))} "
        + "2>/dev/null || :");

    private static async Task<IEnumerable<string>> SettingsAsync(LabHost host)
    {
        var read = await Task.WhenAll(HostSetting.All.Select(setting => host.InsideAsync($"cat {setting.Files} | uniq")));
        return read.Select(text => text.TrimEnd().Replace('\n', ' ').Replace('\t', ' '));
    }
}
