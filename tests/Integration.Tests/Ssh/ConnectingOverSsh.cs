using LoadTesting.Hosts;
using LoadTesting.Hosts.Ssh;

namespace Tests.Ssh;

public sealed class ConnectingOverSsh : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private readonly SshLab _lab = new();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task A_machine_that_is_still_booting_is_waited_for()
    {
        var port = Sshd.FreePort();
        var connecting = _lab.Connector(port).ConnectAsync(Sshd.HostAt(), Deadline, SshLab.Cancellation);

        await _lab.StartAsync(port: port);

        await using var shell = await connecting;
        (await shell.RunAsync("echo up", Deadline, SshLab.Cancellation)).Text.ShouldBe("up\n");
    }

    [Fact]
    public async Task A_machine_that_never_answers_is_given_up_with_what_was_last_seen()
    {
        var port = Sshd.FreePort();

        var error = await Should.ThrowAsync<HostUnreachableException>(
            () => _lab.Connector(port).ConnectAsync(Sshd.HostAt(), TimeSpan.FromSeconds(1), SshLab.Cancellation));

        error.Message.ShouldContain($"no SSH at 127.0.0.1:{port}");
        error.Message.ShouldContain("last seen: connection refused");
    }

    [Fact]
    public async Task A_machine_that_does_not_know_our_key_says_so()
    {
        var server = await _lab.StartAsync();
        var stranger = SshKey.Create(_lab.File("stranger"));
        var connector = _lab.Connector(server.Port, access => access with { Key = _ => stranger });

        var error = await Should.ThrowAsync<HostUnreachableException>(
            () => connector.ConnectAsync(Sshd.HostAt(), TimeSpan.FromSeconds(1), SshLab.Cancellation));

        error.Message.ShouldContain("last seen: it refused our key");
    }

    [Fact]
    public async Task A_refused_key_ends_the_wait_long_before_patience_does()
    {
        var server = await _lab.StartAsync();
        var stranger = SshKey.Create(_lab.File("stranger"));
        var connector = _lab.Connector(server.Port, access => access with { Key = _ => stranger, KeyGrace = TimeSpan.Zero });

        var error = await Should.ThrowAsync<HostUnreachableException>(
            () => connector.ConnectAsync(Sshd.HostAt(), TimeSpan.FromHours(1), SshLab.Cancellation));

        error.Message.ShouldContain($"does not let {Environment.UserName} in with the key {stranger.Path} ({stranger.Fingerprint})");
    }

    [Fact]
    public async Task A_machine_may_have_a_port_a_user_and_a_key_of_its_own()
    {
        var server = await _lab.StartAsync();
        var connector = _lab.Connector(Sshd.FreePort(), access => access with
        {
            Parameters = access.Parameters with { User = "nobody-here" },
            Key = host => host is SshHost { KeyFile: "own" } ? _lab.Key : throw new InvalidOperationException("not asked for"),
        });

        await using var shell = await connector.ConnectAsync(OwnHost(server.Port), Deadline, SshLab.Cancellation);

        (await shell.RunAsync("echo in", Deadline, SshLab.Cancellation)).Text.ShouldBe("in\n");
    }

    /// <summary>docs/adr/0008: NTRU Prime in managed code takes 50 ms of a core for each connection.</summary>
    private static SshHost OwnHost(int port)
    {
        var host = Sshd.HostAt();
        return new SshHost
        {
            Id = host.Id, Name = host.Name, Index = host.Index, Status = host.Status, Address = host.Address,
            Port = port, User = Environment.UserName, KeyFile = "own",
        };
    }

    [Fact]
    public async Task Keys_are_exchanged_by_X25519_or_ML_KEM()
    {
        var server = await _lab.StartAsync(logLevel: "DEBUG1");
        await _lab.ConnectAsync(server);

        (await server.LogAtEndAsync()).ShouldMatch("kex: algorithm: (curve25519-sha256|mlkem768x25519-sha256)");
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_ends_at_once()
    {
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(SshLab.Cancellation);
        var connecting = _lab.Connector(Sshd.FreePort()).ConnectAsync(Sshd.HostAt(), TimeSpan.FromHours(1), impatient.Token);

        await impatient.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => connecting.WaitAsync(Deadline, SshLab.Cancellation));
    }

    [Fact]
    public async Task Hosts_behind_a_jump_host_are_reached_through_one_connection_to_it()
    {
        var jump = await _lab.StartAsync("jump");
        var hosts = new[] { await _lab.StartAsync("host"), await _lab.StartAsync("host-2") };
        var shells = new List<IRemoteShell>();
        foreach (var host in hosts)
        {
            // Each has its own port here, so each has its own connector; the second one finds the jump host's key recorded.
            var connector = _lab.Connector(host.Port, access =>
                access with { Parameters = access.Parameters with { JumpHost = $"{Environment.UserName}@127.0.0.1:{jump.Port}" } });
            shells.Add(await connector.ConnectAsync(Sshd.HostAt($"id-{host.Port}"), Deadline, SshLab.Cancellation));
            shells.Add(await connector.ConnectAsync(Sshd.HostAt($"id-{host.Port}"), Deadline, SshLab.Cancellation));
        }

        foreach (var shell in shells)
        {
            (await shell.RunAsync("echo $SSH_CONNECTION", Deadline, SshLab.Cancellation)).Text.ShouldStartWith("127.0.0.1 ");
            await shell.DisposeAsync();
        }

        (await jump.LogAtEndAsync()).Split('\n').Count(line => line.Contains("Accepted publickey")).ShouldBe(hosts.Length);
        _lab.KnownHosts.Of($"jump:127.0.0.1:{jump.Port}").ShouldBe([jump.HostKey]);
        _lab.KnownHosts.Of($"id-{hosts[1].Port}").ShouldBe([hosts[1].HostKey]);
    }

    [Fact]
    public async Task A_host_that_falls_silent_is_noticed()
    {
        var server = await _lab.StartAsync();
        var shell = await _lab.ConnectAsync(server, access => access with { KeepAlive = TimeSpan.FromMilliseconds(300) });
        (await shell.RunAsync(":", Deadline, SshLab.Cancellation)).ExitCode.ShouldBe(0);
        var running = shell.RunAsync("sleep 600", TimeSpan.FromMinutes(10), SshLab.Cancellation);

        server.SignalSessions("STOP");

        var error = await Should.ThrowAsync<HostUnreachableException>(() => running.WaitAsync(Deadline, SshLab.Cancellation));
        error.Message.ShouldContain("no sign of life");
    }

    [Fact]
    public async Task A_script_that_is_silent_on_a_host_that_is_not_is_let_run()
    {
        var shell = await _lab.ConnectAsync(await _lab.StartAsync(), access => access with { KeepAlive = TimeSpan.FromMilliseconds(700) });

        var result = await shell.RunAsync("sleep 3; echo done", Deadline, SshLab.Cancellation);

        result.Text.ShouldBe("done\n");
    }

    [Fact]
    public async Task A_connection_that_is_cut_is_an_unreachable_host_and_the_next_one_is_new()
    {
        var server = await _lab.StartAsync();
        await using var fleet = new HostFleet(_lab.Connector(server.Port), minServers: null, new RecordingLog());
        var cut = await fleet.TryEachAsync([Sshd.HostAt()], Deadline, async (_, shell, token) =>
        {
            var running = shell.RunAsync("sleep 10", Deadline, token);
            await shell.RunAsync(":", Deadline, token);
            server.CutSessions();
            return await running;
        }, SshLab.Cancellation);

        var again = await fleet.TryEachAsync([Sshd.HostAt()], Deadline, (_, shell, token) => shell.RunAsync("echo again", Deadline, token),
            SshLab.Cancellation);

        cut.Single().Failure.ShouldNotBeNull().ShouldStartWith("lost:");
        again.Single().Value.ShouldNotBeNull().Text.ShouldBe("again\n");
    }
}
