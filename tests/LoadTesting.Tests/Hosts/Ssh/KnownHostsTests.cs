using LoadTesting.Hosts.Ssh;

namespace LoadTesting.Tests.Hosts.Ssh;

public sealed class KnownHostsTests : IDisposable
{
    private static readonly HostKey Key =
        HostKey.Parse("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAabdQchEC7Mq7zD7ljLHMz17GWMsEOWjfNyzlQRFTVe")!;
    private readonly string _directory = Directory.CreateTempSubdirectory("known-hosts-").FullName;

    private string Path => System.IO.Path.Combine(_directory, "not yet", "known_hosts");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void What_one_run_recorded_the_next_one_knows()
    {
        new KnownHosts(Path).Record("id-1", [Key]);

        new KnownHosts(Path).Of("id-1").ShouldBe([Key]);
        new KnownHosts(Path).Of("id-2").ShouldBeEmpty();
    }

    [Fact]
    public void Lines_that_are_damaged_or_of_another_program_are_passed_over()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path,
            $"# a comment\n\nid-1\nid-1 ssh-ed25519 AAAA\n@revoked id-1 {Key.Type} {Key.Base64}\nid-1 {Key.Type} {Key.Base64} comment\n");

        new KnownHosts(Path).Of("id-1").ShouldBe([Key]);
    }

    [Fact]
    public async Task A_hundred_hosts_that_are_recorded_at_once_are_all_recorded()
    {
        var known = new KnownHosts(Path);

        await Task.WhenAll(Enumerable.Range(0, 100)
            .Select(index => Task.Run(() => known.Record($"id-{index}", [Key]), TestContext.Current.CancellationToken)));

        Enumerable.Range(0, 100).ShouldAllBe(index => new KnownHosts(Path).Of($"id-{index}").Count == 1);
    }
}
