using LoadTesting.Hosts.Ssh;

namespace LoadTesting.Tests.Hosts.Ssh;

public sealed class HostKeyTests
{
    private const string Ed25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAabdQchEC7Mq7zD7ljLHMz17GWMsEOWjfNyzlQRFTVe";
    private const string Ecdsa =
        "ecdsa-sha2-nistp256 "
            + "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBPkFx/ckBn6mtw8yy1r8oBnc0lLVbzAa1rKXNc"
            + "HlJwWEW26EfjvEXQmqMJ1nZvuvfdKkxQ1sPjD1mM0VzB2mcMM=";

    [Theory]
    [InlineData(Ed25519)]
    [InlineData($"  {Ed25519} root@vm-01\r")]
    [InlineData(Ecdsa)]
    public void A_line_of_a_public_key_is_read_whatever_stands_around_it(string line) =>
        HostKey.Parse(line).ShouldNotBeNull().ToString().ShouldContain(line.Trim().Split(' ')[1]);

    [Theory]
    [InlineData("")]
    [InlineData("ssh-ed25519")]
    [InlineData("ssh-ed25519 not-base64!")]
    [InlineData("ssh-ed25519 AAAA")]
    [InlineData("ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIAabdQchEC7Mq7zD7ljLHMz17GWMsEOWjfNyzlQRFTVe")]
    [InlineData("256 SHA256:txbt1Dd6Zm6wgCG2L60hls3CCJHesDx2QeQKzwnncrA root@vm-01 (ED25519)")]
    public void What_is_no_key_of_the_type_that_it_says_is_none(string line) => HostKey.Parse(line).ShouldBeNull();

    [Fact]
    public void A_key_is_the_same_on_the_wire_and_on_paper()
    {
        var key = HostKey.Parse(Ed25519)!;

        HostKey.FromWire(Convert.FromBase64String(key.Base64)).ShouldBe(key);
    }

    [Fact]
    public void The_keys_are_found_on_a_console_also_where_its_lines_carry_a_prefix()
    {
        var console = $"""
            [    0.000000] Linux version 6.8.0
            -----BEGIN SSH HOST KEY FINGERPRINTS-----
            256 SHA256:txbt1Dd6Zm6wgCG2L60hls3CCJHesDx2QeQKzwnncrA root@vm-01 (ED25519)
            -----END SSH HOST KEY FINGERPRINTS-----
            -----BEGIN SSH HOST KEY KEYS-----
            <14>Nov 24 08:00:00 ec2: {Ecdsa} root@vm-01
            {Ed25519} root@vm-01
            -----END SSH HOST KEY KEYS-----
            vm-01 login:
            """;

        HostKey.OnConsole(console).ShouldBe([HostKey.Parse(Ecdsa)!, HostKey.Parse(Ed25519)!]);
    }

    [Fact]
    public void After_another_boot_the_last_keys_count()
    {
        var console = $"-----BEGIN SSH HOST KEY KEYS-----\n{Ecdsa}\n-----END SSH HOST KEY KEYS-----\nreboot\n"
            + $"-----BEGIN SSH HOST KEY KEYS-----\n{Ed25519}\n-----END SSH HOST KEY KEYS-----\n";

        HostKey.OnConsole(console).ShouldBe([HostKey.Parse(Ed25519)!]);
    }

    [Fact]
    public void A_block_that_is_still_being_printed_is_not_read() =>
        HostKey.OnConsole($"-----BEGIN SSH HOST KEY KEYS-----\n{Ecdsa}\n").ShouldBeEmpty();

    [Theory]
    [InlineData("jump.example.com", "ubuntu", "jump.example.com", 22)]
    [InlineData("ops@jump.example.com:2222", "ops", "jump.example.com", 2222)]
    [InlineData("[2001:db8::1]:2222", "ubuntu", "2001:db8::1", 2222)]
    [InlineData("2001:db8::1", "ubuntu", "2001:db8::1", 22)]
    public void A_jump_host_is_written_as_for_ssh(string text, string user, string host, int port) =>
        SshEndpoint.Parse(text, "ubuntu").ShouldBe(new SshEndpoint(user, host, port));

    [Theory]
    [InlineData("")]
    [InlineData("@host")]
    [InlineData("host:")]
    [InlineData("host:ssh")]
    [InlineData("host:70000")]
    [InlineData(":22")]
    public void What_is_no_jump_host_is_refused_with_what_would_be_right(string text)
    {
        var error = Should.Throw<LoadTestException>(() => SshEndpoint.Parse(text, "ubuntu"));

        error.ExitCode.ShouldBe(ExitCodes.InvalidParameters);
        error.Message.ShouldContain("expected user@host");
    }
}
