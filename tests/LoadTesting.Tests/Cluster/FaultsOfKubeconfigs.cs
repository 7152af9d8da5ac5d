using LoadTesting.Cluster;
using Microsoft.Extensions.Time.Testing;

namespace LoadTesting.Tests.Cluster;

/// <summary>Every recorded kubeconfig: those that kubectl takes are taken, those that it refuses are refused with file and field.</summary>
public sealed class FaultsOfKubeconfigs : IDisposable
{
    private static readonly FakeTimeProvider WhenRecorded = new(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));
    private static readonly string Folder = Path.Combine(Recorded.Folder, "Kubeconfigs");
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("kubeconfigs");

    public void Dispose() => _scratch.Delete(recursive: true);

    [Theory]
    [InlineData("05-token-file-empty.yaml", "users[lk-user].user.tokenFile", "is empty")]
    [InlineData("06-token-file-missing.yaml", "users[lk-user].user.tokenFile", "nosuch.txt' cannot be read")]
    [InlineData("09-exec-command-missing.yaml", "user.exec.command", "is not installed",
        "install the authenticator from the intranet page")]
    [InlineData("10-exec-fails.yaml", "user.exec.command", "'cat' gave no credential")]
    [InlineData("11-exec-garbage.yaml", "user.exec.command", "'echo' gave no credential")]
    [InlineData("13-exec-version-mismatch.yaml", "user.exec.apiVersion",
        "client.authentication.k8s.io/v1, but 'cat' answered with another")]
    [InlineData("14-exec-no-interactive-mode.yaml", "user.exec.interactiveMode", "not set")]
    [InlineData("15-exec-v1alpha1.yaml", "user.exec.apiVersion", "v1alpha1'; expected client.authentication.k8s.io/v1")]
    [InlineData("20-several-contexts-no-current.yaml", "current-context: not set", "its contexts are lk, staging", "--context NAME")]
    [InlineData("21-current-context-empty.yaml", "current-context: not set")]
    [InlineData("22-current-context-unknown.yaml", "current-context: got 'prod'", "its contexts are lk")]
    [InlineData("23-context-unknown-user.yaml", "contexts[lk].context.user", "expected one of lk-user")]
    [InlineData("24-context-unknown-cluster.yaml", "contexts[lk].context.cluster", "expected one of lk-cluster")]
    [InlineData("31-insecure-and-ca.yaml", "clusters[lk-cluster].cluster.insecure-skip-tls-verify", "expected one of them")]
    [InlineData("40-base64-fault-ca.yaml", "cluster.certificate-authority-data", "not base64")]
    [InlineData("41-base64-fault-client-cert.yaml", "user.client-certificate-data", "not base64")]
    [InlineData("42-base64-of-not-pem.yaml", "cluster.certificate-authority-data", "holds no certificate")]
    [InlineData("43-pem-not-base64.yaml", "cluster.certificate-authority-data", "holds PEM; expected the base64")]
    [InlineData("45-cert-file-missing.yaml", "user.client-certificate", "nosuch.crt' cannot be read")]
    [InlineData("46-key-without-cert.yaml", "user.client-certificate", "expected both")]
    [InlineData("47-key-mismatch.yaml", "user.client-key-data", "cannot be used together")]
    [InlineData("48-expired-client-cert.yaml", "user.client-certificate-data", "expired on 20")]
    [InlineData("54-key-encrypted.yaml", "user.client-key-data", "encrypted")]
    [InlineData("60-empty.yaml", "current-context: not set", "it has none")]
    [InlineData("61-only-comments.yaml", "current-context: not set", "it has none")]
    [InlineData("62-yaml-fault.yaml", "62-yaml-fault.yaml, line 4", "not YAML")]
    [InlineData("63-not-a-kubeconfig.yaml", "kind: got 'Pod'", "expected Config")]
    [InlineData("64-html.yaml", "expected a kubeconfig")]
    [InlineData("69-duplicate-names.yaml", "users: the name 'lk-user' appears twice")]
    [InlineData("70-user-password.yaml", "users[lk-user].user.username", "expected a token")]
    [InlineData("71-auth-provider.yaml", "users[lk-user].user.auth-provider", "'gcp' was removed", "gke-gcloud-auth-plugin")]
    [InlineData("73-server-no-scheme.yaml", "clusters[lk-cluster].cluster.server", "with its scheme")]
    [InlineData("75-server-empty.yaml", "clusters[lk-cluster].cluster.server", "not set")]
    [InlineData("79-impersonate.yaml", "users[lk-user].user.as", "not supported")]
    [InlineData("80-no-user-credentials.yaml", "users[lk-user].user.token", "not set")]
    public void Are_named_with_file_and_field(string file, params string[] said)
    {
        var error = Should.Throw<LoadTestException>(() => Open(AtItsPlace(file)));

        error.ExitCode.ShouldBe(ExitCodes.InvalidParameters);
        error.Message.ShouldContain(file);
        foreach (var part in said)
            error.Message.ShouldContain(part);
        error.Message.ShouldNotContain("eyJ", Case.Sensitive); // how tokens begin
    }

    [Theory]
    [InlineData("01-client-cert-inline.yaml")]
    [InlineData("02-cert-files-relative.yaml")]
    [InlineData("03-token.yaml")]
    [InlineData("04-token-file.yaml")]
    [InlineData("07-token-and-token-file.yaml")]
    [InlineData("08-exec-plugin.yaml")]
    [InlineData("12-exec-expired-credential.yaml")]
    [InlineData("25-other-namespace.yaml")]
    [InlineData("30-insecure-skip-tls-verify.yaml")]
    [InlineData("32-no-ca.yaml")]
    [InlineData("33-wrong-ca.yaml")]
    [InlineData("35-tls-server-name.yaml")]
    [InlineData("36-ca-bundle-of-two.yaml")]
    [InlineData("44-base64-with-newlines.yaml")]
    [InlineData("50-key-rsa-pkcs1.yaml")]
    [InlineData("51-key-ec-sec1.yaml")]
    [InlineData("52-key-ec-p384-pkcs8.yaml")]
    [InlineData("55-cert-chain.yaml")]
    [InlineData("56-cert-with-text.yaml")]
    [InlineData("65-no-kind.yaml")]
    [InlineData("66-json.json")]
    [InlineData("67-windows-bom-crlf.yaml")]
    [InlineData("68-unknown-fields.yaml")]
    [InlineData("76-server-trailing-slash.yaml")]
    [InlineData("77-server-with-path.yaml")]
    [InlineData("78-proxy-url-dead.yaml")]
    [InlineData("81-cert-and-bad-token.yaml")]
    public void Are_not_seen_where_kubectl_sees_none_before_it_asks(string file) => Should.NotThrow(() => Open(AtItsPlace(file)));

    [Fact]
    public void Of_a_key_of_a_kind_that_this_platform_cannot_use_say_which_kinds_it_can() =>
        Should.Throw<LoadTestException>(() => Open(AtItsPlace("53-key-ed25519.yaml"))).Message.ShouldContain("its own RSA or EC key");

    [Fact]
    public void A_file_that_is_not_there_is_one_unless_it_is_the_default()
    {
        Should.Throw<LoadTestException>(() => Open("/nowhere/config")).Message.ShouldContain(
            "--kubeconfig: got '/nowhere/config', which does not exist");
        ClusterUnderTest.Open(new LiveKitParameters(), _scratch.FullName, WhenRecorded).ShouldBeNull();
    }

    [Fact]
    public void Several_files_are_merged_and_the_first_to_name_something_wins()
    {
        var list = string.Join(Path.PathSeparator, "/nowhere/config", Path.Combine(Folder, "03-token.yaml"),
            Path.Combine(Folder, "20-several-contexts-no-current.yaml"));

        using var cluster = Open(list, "staging");

        cluster!.Origin.ShouldContain("context staging");
        Should.Throw<LoadTestException>(() => Open(list, "moon")).Message.ShouldContain("--context: got 'moon'");
    }

    private static ClusterUnderTest? Open(string path, string? context = null) =>
        ClusterUnderTest.Open(new LiveKitParameters { Kubeconfig = path, Context = context }, "/home/nobody", WhenRecorded);

    /// <summary>A plugin's arguments are relative to the working directory, which was the folder of the recordings.</summary>
    private string AtItsPlace(string file)
    {
        var text = File.ReadAllText(Path.Combine(Folder, file));
        if (!text.Contains("args: [exec-credential", StringComparison.Ordinal))
            return Path.Combine(Folder, file);

        var moved = Path.Combine(_scratch.FullName, file);
        File.WriteAllText(moved, text.Replace("args: [", $"args: [{Folder}/", StringComparison.Ordinal));
        return moved;
    }
}
