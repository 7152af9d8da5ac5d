using System.Diagnostics;
using LoadTesting.Hosts.Ssh;

namespace Tests.Ssh;

public sealed class SshKeys : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("ssh-keys-").FullName;

    private string KeyPath => Path.Combine(_directory, "keys", "id");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_key_that_was_made_is_its_owners_alone_and_can_be_loaded()
    {
        var made = SshKey.Create(KeyPath);

        SshKey.Load(KeyPath).PublicLine.ShouldBe(made.PublicLine);
        File.ReadAllText($"{KeyPath}.pub").ShouldBe(made.PublicLine + "\n");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(KeyPath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task OpenSSH_reads_a_key_that_was_made()
    {
        RequireOpenSsh();
        var made = SshKey.Create(KeyPath);

        var line = await SshKeygenAsync("-y", "-f", KeyPath);

        line.Trim().Split(' ')[..2].ShouldBe(made.PublicLine.Split(' ')[..2]);
    }

    [Fact]
    public void A_key_is_never_written_over()
    {
        SshKey.Create(KeyPath);

        Should.Throw<IOException>(() => SshKey.Create(KeyPath));
    }

    [Theory]
    [InlineData("ed25519")]
    [InlineData("ecdsa")]
    [InlineData("rsa")]
    public async Task Keys_of_OpenSSH_are_loaded_and_have_the_public_key_that_it_says(string type)
    {
        RequireOpenSsh();
        Directory.CreateDirectory(Path.GetDirectoryName(KeyPath)!);
        await SshKeygenAsync("-q", "-t", type, "-N", "", "-f", KeyPath);

        SshKey.Load(KeyPath).PublicLine.Split(' ')[..2]
            .ShouldBe((await File.ReadAllTextAsync($"{KeyPath}.pub", TestContext.Current.CancellationToken)).Split(' ')[..2]);
    }

    [Fact]
    public async Task An_encrypted_key_is_refused_before_it_is_used()
    {
        RequireOpenSsh();
        Directory.CreateDirectory(Path.GetDirectoryName(KeyPath)!);
        await SshKeygenAsync("-q", "-t", "ed25519", "-N", "secret", "-f", KeyPath);

        Refused().ShouldContain("is encrypted; expected its passphrase");
    }

    [Theory]
    [InlineData("ed25519")]
    [InlineData("ecdsa")]
    [InlineData("rsa")]
    public async Task An_encrypted_key_is_opened_by_its_passphrase_given_or_asked_for_and_by_no_other(string type)
    {
        RequireOpenSsh();
        Directory.CreateDirectory(Path.GetDirectoryName(KeyPath)!);
        await SshKeygenAsync("-q", "-t", type, "-N", "correct horse", "-f", KeyPath);
        var expected = (await File.ReadAllTextAsync($"{KeyPath}.pub", TestContext.Current.CancellationToken)).Split(' ')[..2];
        var prompts = new List<string>();

        SshKey.Load(KeyPath, new Secret("correct horse")).PublicLine.Split(' ')[..2].ShouldBe(expected);
        SshKey.Load(KeyPath, passphrase: null, prompt =>
        {
            prompts.Add(prompt);
            return "correct horse";
        }).PublicLine.Split(' ')[..2].ShouldBe(expected);
        prompts.ShouldHaveSingleItem().ShouldContain(KeyPath);

        var error = Should.Throw<LoadTestException>(() => SshKey.Load(KeyPath, new Secret("wrong horse")));
        error.ExitCode.ShouldBe(ExitCodes.InvalidParameters);
        error.Message.ShouldContain($"--ssh-key-passphrase: it does not open '{KeyPath}'");
        error.Message.ShouldNotContain("horse");
    }

    [Fact]
    public void Only_the_default_key_is_not_missed_and_then_one_is_made_for_the_fleet()
    {
        var parameters = new SshParameters { MadeKeys = Path.Combine(_directory, "made") };

        var made = FleetKey.Find(parameters, "fleet", _directory, ask: null);

        FleetKey.Find(parameters, "fleet", _directory, ask: null).PublicLine.ShouldBe(made.PublicLine);
        Should.Throw<LoadTestException>(
            () => FleetKey.Find(parameters with { Key = KeyPath }, "fleet", _directory, ask: null)).Message.ShouldContain(
            $"--ssh-key: got '{KeyPath}', which does not exist");
        Should.Throw<LoadTestException>(() => FleetKey.Find(parameters, fleet: null, _directory, ask: null)).ExitCode.ShouldBe(
            ExitCodes.InvalidParameters);
    }

    [Fact]
    public void A_key_that_others_can_read_is_refused_with_how_to_mend_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes");
        SshKey.Create(KeyPath);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(KeyPath, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        Refused().ShouldContain($"chmod 600 {KeyPath}");
    }

    [Fact]
    public void A_file_that_is_no_key_is_refused_by_name()
    {
        SshKey.Create(KeyPath);
        File.WriteAllText(KeyPath, "ssh-ed25519 AAAA\n");

        Refused().ShouldContain("is no private key");
    }

    [Fact]
    public void A_key_that_is_missing_is_refused_by_name() => Refused().ShouldContain("cannot be read");

    private string Refused()
    {
        var error = Should.Throw<LoadTestException>(() => SshKey.Load(KeyPath));
        error.ExitCode.ShouldBe(ExitCodes.InvalidParameters);
        error.Message.ShouldContain(KeyPath);
        return error.Message;
    }

    private static void RequireOpenSsh()
    {
        if (!File.Exists("/usr/bin/ssh-keygen"))
            Assert.Skip("/usr/bin/ssh-keygen is missing (Debian, Ubuntu: apt-get install openssh-client)");
    }

    private static async Task<string> SshKeygenAsync(params string[] words)
    {
        using var process = Process.Start(
            new ProcessStartInfo("ssh-keygen", words) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0);
        return said;
    }
}
