using LoadTesting.Hosts.Ssh;

namespace LoadTesting.Tests.Hosts.Ssh;

public sealed class OperatorsKnownHostsTests : IDisposable
{
    private const string Line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAabdQchEC7Mq7zD7ljLHMz17GWMsEOWjfNyzlQRFTVe";
    private static readonly HostKey Key = HostKey.Parse(Line)!;
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7", 22, true)]
    [InlineData("192.0.2.7", "192.0.2.70", 22, false)]
    [InlineData("load-01,192.0.2.7", "192.0.2.7", 22, true)]
    [InlineData("Load-01.Example.com", "load-01.example.com", 22, true)]
    [InlineData("[192.0.2.7]:2222", "192.0.2.7", 2222, true)]
    [InlineData("[192.0.2.7]:2222", "192.0.2.7", 22, false)]
    [InlineData("192.0.2.7", "192.0.2.7", 2222, true)] // as ssh: without a line for the port, the one without a port
    [InlineData("*.example.com,!old.example.com", "load.example.com", 22, true)]
    [InlineData("*.example.com,!old.example.com", "old.example.com", 22, false)]
    [InlineData("192.0.2.?", "192.0.2.7", 22, true)]
    [InlineData("@cert-authority *", "192.0.2.7", 22, false)]
    [InlineData("@revoked *", "192.0.2.7", 22, false)]
    [InlineData("# 192.0.2.7", "192.0.2.7", 22, false)]
    public void A_line_is_for_the_hosts_that_ssh_takes_it_for(string hosts, string host, int port, bool known) =>
        Written($"{hosts} {Line} comment").Of(host, port).Contains(Key).ShouldBe(known);

    [Theory]
    // Written by ssh-keygen -H of OpenSSH 9.2 for load-01.example.com and for [192.0.2.7]:2222.
    [InlineData("|1|eoy4AAGsF+QUXH+BIqYCzF/5+/I=|BQWT3d8xYAWxprJhkZFaAcF9Teg=", "load-01.example.com", 22)]
    [InlineData("|1|y06WsS5d8PKuCiyddQhMTYKFUO8=|nUPX9ZwXH3fYhgiio2GQYSH+2Iw=", "192.0.2.7", 2222)]
    public void Hashed_names_are_found(string hashed, string host, int port)
    {
        var known = Written($"{hashed} {Line}");

        known.Of(host, port).ShouldBe([Key]);
        known.Of("other.example.com", port).ShouldBeEmpty();
    }

    [Fact]
    public void A_revoked_key_is_told_apart()
    {
        var known = Written($"@revoked 192.0.2.* {Line}");

        known.IsRevoked(Key, "192.0.2.7", 2222).ShouldBeTrue();
        known.IsRevoked(Key, "198.51.100.7", 22).ShouldBeFalse();
    }

    [Fact]
    public void Files_that_are_not_there_know_nobody() => new UserKnownHosts(["/nowhere/known_hosts"]).Of("192.0.2.7", 22).ShouldBeEmpty();

    private UserKnownHosts Written(string line)
    {
        File.WriteAllText(_file, $"\n{line}\n");
        return new UserKnownHosts([_file]);
    }
}
