using LoadTesting.Hosts;
using LoadTesting.Hosts.Ssh;

namespace Tests.Ssh;

public sealed class HostKeysOverSsh : IAsyncDisposable
{
    private readonly SshLab _lab = new();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task The_first_key_is_trusted_and_recorded_where_there_is_no_console()
    {
        var server = await _lab.StartAsync();

        await _lab.ConnectAsync(server);

        _lab.KnownHosts.Of("id-1").ShouldBe([server.HostKey]);
        (await File.ReadAllTextAsync(_lab.KnownHosts.Path, SshLab.Cancellation)).ShouldBe($"id-1 ssh-ed25519 {server.HostKey.Base64}\n");
    }

    [Fact]
    public async Task Another_key_than_the_recorded_one_is_refused_by_name_before_anything_is_sent()
    {
        var server = await _lab.StartAsync();
        _lab.KnownHosts.Record("id-1", [OtherKey()]);

        var error = await Should.ThrowAsync<HostUnreachableException>(() => _lab.ConnectAsync(server));

        error.Message.ShouldContain("livekit-loadtest-01 (127.0.0.1) has the wrong host key");
        error.Message.ShouldContain(server.HostKey.Fingerprint);
        server.Log.ShouldNotContain("publickey");
    }

    [Fact]
    public async Task Another_machine_at_the_same_address_has_its_own_key()
    {
        var server = await _lab.StartAsync();
        _lab.KnownHosts.Record("an-earlier-server", [OtherKey()]);

        await _lab.ConnectAsync(server);

        _lab.KnownHosts.Of("id-1").ShouldBe([server.HostKey]);
    }

    [Fact]
    public async Task The_key_that_the_machine_printed_on_its_console_is_the_one_it_must_have()
    {
        var server = await _lab.StartAsync();

        await _lab.ConnectAsync(server, access => access with { Console = (_, _) => Task.FromResult(Printed(server.HostKey)) });

        _lab.KnownHosts.Of("id-1").ShouldBe([server.HostKey]);
    }

    [Fact]
    public async Task A_key_that_the_machine_did_not_print_is_refused()
    {
        var server = await _lab.StartAsync();
        var printed = Printed(OtherKey());

        var error = await Should.ThrowAsync<HostUnreachableException>(
            () => _lab.ConnectAsync(server, access => access with { Console = (_, _) => Task.FromResult(printed) }));

        error.Message.ShouldContain("wrong host key");
    }

    [Fact]
    public async Task A_machine_that_answers_before_its_console_shows_the_keys_is_waited_for()
    {
        var server = await _lab.StartAsync();
        var asked = 0;

        await _lab.ConnectAsync(server, access => access with
        {
            Console = (_, _) => Task.FromResult(Interlocked.Increment(ref asked) < 3 ? "[    0.0] Booting\n" : Printed(server.HostKey)),
        });

        asked.ShouldBe(3);
        (await server.LogAtEndAsync()).Split('\n').Count(line => line.Contains("Accepted publickey")).ShouldBe(1);
    }

    private static string Printed(HostKey key) =>
        $"[   12.3] cloud-init: done\n-----BEGIN SSH HOST KEY KEYS-----\n{key.Type} {key.Base64} root@vm-01\n-----END SSH HOST KEY "
            + "KEYS-----\nlogin:";

    private HostKey OtherKey() => HostKey.Parse(SshKey.Create(_lab.File("other")).PublicLine)!;
}
