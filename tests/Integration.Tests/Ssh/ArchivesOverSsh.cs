using System.Security.Cryptography;
using LoadTesting.Hosts;
using LoadTesting.Hosts.Agent;
using LoadTesting.Results;

namespace Tests.Ssh;

/// <summary>How an archive comes home over a connection that is cut.</summary>
public sealed class ArchivesOverSsh : IAsyncDisposable
{
    private const string Name = "vm-01-results.tar.gz";
    private const int Size = 150_000_000;
    private readonly SshLab _lab = new();

    private string Here => _lab.File("results");

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task A_download_that_was_cut_goes_on_where_it_stopped()
    {
        var server = await _lab.StartAsync();
        var there = await MakeAsync();
        var download = new ArchiveDownload(Here);
        var first = download.FetchAsync(Name, there, await _lab.ConnectAsync(server), SshLab.Cancellation);
        long kept;
        while ((kept = Part()?.Length ?? 0) < Size / 10 && !first.IsCompleted)
            await Task.Delay(1, SshLab.Cancellation);
        server.CutSessions();
        await Should.ThrowAsync<HostUnreachableException>(() => first);
        kept = Part()!.Length;

        // What is here already is told from what comes now: the host's copy loses its beginning.
        await using (var file = File.OpenWrite(Path.Combine(_lab.Home, "archive")))
            await file.WriteAsync(new byte[kept], SshLab.Cancellation);
        var archive = await download.FetchAsync(Name, there, await _lab.ConnectAsync(server), SshLab.Cancellation);

        kept.ShouldBeInRange(1, Size - 1);
        Convert.ToHexStringLower(await SHA256.HashDataAsync(File.OpenRead(archive), SshLab.Cancellation)).ShouldBe(there.Sha256);
        Directory.GetFiles(Here).ShouldBe([archive]);
    }

    [Fact]
    public async Task What_is_at_home_is_not_fetched_again_and_what_is_damaged_is_told_and_thrown_away()
    {
        var server = await _lab.StartAsync();
        var there = await MakeAsync();
        var shell = await _lab.ConnectAsync(server);
        await new ArchiveDownload(Here).FetchAsync(Name, there, shell, SshLab.Cancellation);
        File.Delete(Path.Combine(_lab.Home, "archive"));

        await new ArchiveDownload(Here).FetchAsync(Name, there, shell, SshLab.Cancellation); // nothing is asked of the host
        await File.WriteAllBytesAsync(Path.Combine(_lab.Home, "archive"), new byte[Size], SshLab.Cancellation);
        var error = await Should.ThrowAsync<LoadTestException>(
            () => new ArchiveDownload(Here).FetchAsync("vm-02-results.tar.gz", there, shell, SshLab.Cancellation));

        error.Message.ShouldContain("was damaged in the download");
        Directory.GetFiles(Here).ShouldBe([Path.Combine(Here, Name)]);
    }

    private FileInfo? Part() => Directory.Exists(Here) ? new DirectoryInfo(Here).EnumerateFiles("*.part").FirstOrDefault() : null;

    private async Task<PackedRun> MakeAsync()
    {
        var bytes = RandomNumberGenerator.GetBytes(Size);
        await File.WriteAllBytesAsync(Path.Combine(_lab.Home, "archive"), bytes, SshLab.Cancellation);
        return new PackedRun("archive", Convert.ToHexStringLower(SHA256.HashData(bytes)), Size);
    }
}
