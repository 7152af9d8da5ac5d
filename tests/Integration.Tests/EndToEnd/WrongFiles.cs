using System.Diagnostics;
using Rehearsal.LiveKit;

namespace Integration.Tests.EndToEnd;

/// <summary>
/// Files that are missing, damaged or open to others, and a LiveKit that does not answer or refuses the key: exit code 104, and which,
/// where, why.
/// </summary>
public sealed class WrongFiles : IDisposable
{
    private const string Secret = "a-secret-of-32-characters-or-more";
    private readonly Operator _operator = new();

    public void Dispose() => _operator.Dispose();

    [Theory]
    [InlineData("Provision --open-stack-rc unclosed.sh", "unclosed.sh, line 2: the quote that opens here is never closed")]
    [InlineData("Provision --open-stack-rc short.sh", "short.sh: OS_PASSWORD is not set")]
    [InlineData("Provision --open-stack-rc folder",
        "--open-stack-rc: got 'folder', which is a folder; expected the rc file of your project")]
    [InlineData("Provision --open-stack-rc whole.sh --ssh-key nowhere",
        "--ssh-key: got 'nowhere', which does not exist; expected the private key")]
    [InlineData("Provision --open-stack-rc whole.sh --ssh-key no.key", "--ssh-key: 'no.key' is no private key")]
    [InlineData("Provision --open-stack-rc whole.sh --ssh-key open.key",
        "--ssh-key: 'open.key' can be read or changed by others; expected a file of its owner alone")]
    [InlineData("Prepare --cloud inventory --inventory hosts --ssh-key good.key --kubeconfig nowhere",
        "--kubeconfig: got 'nowhere', which does not exist; expected the kubeconfig")]
    [InlineData("Prepare --cloud inventory --inventory hosts --ssh-key good.key --kubeconfig broken.yaml", "broken.yaml, line 3: not YAML")]
    [InlineData("Prepare --cloud inventory --inventory hosts --ssh-key good.key --kubeconfig hosts.yaml",
        "hosts.yaml: current-context: not set; expected the name of a context")]
    public async Task Are_named_with_what_is_wrong(string words, string expected)
    {
        Write("unclosed.sh", "export OS_AUTH_URL=http://127.0.0.1:9/v3\nexport OS_USERNAME=\"demo\n");
        Write("short.sh", "export OS_AUTH_URL=http://127.0.0.1:9/v3\nexport OS_USERNAME=demo OS_PROJECT_NAME=demo "
            + "OS_USER_DOMAIN_NAME=Default\n");
        Write("whole.sh", "export OS_AUTH_URL=http://127.0.0.1:9/v3\nexport OS_USERNAME=demo OS_PASSWORD=canary OS_PROJECT_NAME=demo "
            + "OS_USER_DOMAIN_NAME=Default OS_PROJECT_DOMAIN_NAME=Default\n");
        Write("broken.yaml", "apiVersion: v1\nclusters: [\n");
        Write("hosts.yaml", "apiVersion: v1\nkind: Config\n");
        Write("hosts", "127.0.0.1 ansible_port=9\n");
        Directory.CreateDirectory(At("folder"));
        Write("no.key", "-----BEGIN OPENSSH PRIVATE KEY-----\n");
        foreach (var key in new[] { "open.key", "good.key" })
        {
            using var made = Process.Start("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", At(key)]);
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(At("no.key"), UnixFileMode.UserRead);
            File.SetUnixFileMode(At("open.key"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        }

        var said = await _operator.RunAsync(words);

        said.Text.ReplaceLineEndings(" ").ShouldContain(expected);
        said.Text.ShouldNotContain("canary");
        said.ExitCode.ShouldBe(104, said.Text);
    }

    [Fact]
    public async Task A_key_that_LiveKit_refuses_makes_nothing()
    {
        await using var door = await LiveKitStub.OpenAsync(TestContext.Current.CancellationToken);

        var said = await _operator.RunAsync(
            $"Report --profile rehearsal --instance-count 2 --livekit-url {door.Credentials.Url} --livekit-api-key "
            + $"{door.Credentials.ApiKey}", ("LIVEKIT_API_SECRET", Secret));

        said.Text.ShouldContain($"{door.Credentials.Url} does not accept the API key or secret");
        said.Text.ShouldNotContain("Booting");
        said.Text.ShouldNotContain(Secret);
        said.ExitCode.ShouldBe(104, said.Text);
    }

    [Fact]
    public async Task A_LiveKit_that_answers_no_host_is_named_with_what_each_got_and_the_fleet_is_destroyed()
    {
        var said = await _operator.RunAsync(
            "Report --profile rehearsal --instance-count 2 --livekit-url ws://127.0.0.1:9 --livekit-api-key k",
            ("LIVEKIT_API_SECRET", Secret));

        said.Text.ShouldContain("): ws://127.0.0.1:9 does not answer as LiveKit does: 'curl: (7) Failed to connect to 127.0.0.1 port 9");
        said.ExitCode.ShouldBe(104, said.Text);
        _operator.CloudIsEmpty.ShouldBeTrue();
    }

    private void Write(string name, string text) => File.WriteAllText(At(name), text);

    private string At(string name) => Path.Combine(_operator.Root, name);
}
