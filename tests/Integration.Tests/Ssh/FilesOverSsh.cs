using System.Security.Cryptography;

namespace Tests.Ssh;

public sealed class FilesOverSsh : IAsyncDisposable
{
    private readonly SshLab _lab = new();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20_000_003)]
    public async Task A_file_goes_there_and_comes_back_as_it_was(int size)
    {
        var shell = await _lab.ConnectAsync(await _lab.StartAsync());
        var bytes = RandomNumberGenerator.GetBytes(size);
        using var content = new MemoryStream(bytes);
        using var back = new MemoryStream();

        await shell.UploadAsync(content, "some where/it's a file", executable: false, SshLab.Cancellation);
        await shell.DownloadAsync("some where/it's a file", 0, back, SshLab.Cancellation);

        back.ToArray().AsSpan().SequenceEqual(bytes).ShouldBeTrue();
        Directory.GetFiles(Path.Combine(_lab.Home, "some where")).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData(true, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)]
    [InlineData(false, UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    public async Task A_file_is_its_owners_alone(bool executable, UnixFileMode mode)
    {
        var shell = await _lab.ConnectAsync(await _lab.StartAsync());
        using var content = new MemoryStream([1, 2, 3]);

        await shell.UploadAsync(content, "file", executable, SshLab.Cancellation);

        if (!OperatingSystem.IsWindows()) // where no sshd was started, and the test has been skipped
            File.GetUnixFileMode(Path.Combine(_lab.Home, "file")).ShouldBe(mode);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_an_error_with_the_hosts_own_words()
    {
        var shell = await _lab.ConnectAsync(await _lab.StartAsync());
        using var content = new MemoryStream(new byte[8 << 20]);

        var error = await Should.ThrowAsync<LoadTestException>(
            () => shell.UploadAsync(content, "/proc/no/such", executable: false, SshLab.Cancellation));

        error.Message.ShouldContain("/proc/no/such could not be written");
        error.Message.ShouldContain("No such file or directory");
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_an_error_that_names_it()
    {
        var shell = await _lab.ConnectAsync(await _lab.StartAsync());
        using var back = new MemoryStream();

        var error = await Should.ThrowAsync<LoadTestException>(() => shell.DownloadAsync("missing", 0, back, SshLab.Cancellation));

        error.Message.ShouldContain("missing could not be read");
        back.Length.ShouldBe(0);
    }

    [Fact]
    public async Task An_upload_that_ends_early_leaves_the_old_file()
    {
        var shell = await _lab.ConnectAsync(await _lab.StartAsync());
        await File.WriteAllTextAsync(Path.Combine(_lab.Home, "file"), "old", SshLab.Cancellation);
        using var shrinking = new ShrinkingStream();

        await Should.ThrowAsync<LoadTestException>(() => shell.UploadAsync(shrinking, "file", executable: false, SshLab.Cancellation));

        (await File.ReadAllTextAsync(Path.Combine(_lab.Home, "file"), SshLab.Cancellation)).ShouldBe("old");
    }

    /// <summary>Promises more than it has, as a file that is cut while it is read.</summary>
    private sealed class ShrinkingStream() : MemoryStream(new byte[1000])
    {
        public override long Length => 2000;
    }
}
