using System.Collections.Concurrent;
using LoadTesting.Cluster;
using LoadTesting.LiveKit;
using Microsoft.AspNetCore.Http;
using Rehearsal.Kubernetes;

namespace LoadTesting.Tests.Cluster;

/// <summary>LiveKit's keys and URL are found from its Deployment on, in the four layouts of the Helm chart that were recorded.</summary>
public sealed class CredentialsFromTheCluster : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly Dictionary<string, Recorded> _answers = new(StringComparer.Ordinal);
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("cluster");
    private ApiServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        var (deployments, services, ingresses) =
            (Recorded.Of("210-deployments-all-namespaces"), Recorded.Of("240-services-all"), Recorded.Of("250-ingresses-all"));
        foreach (var space in new[] { "livekit", "media", "livekit-ext", "livekit-plain", "empty" })
        {
            _answers[$"/apis/apps/v1/namespaces/{space}/deployments"] = deployments.InNamespace(space);
            _answers[$"/api/v1/namespaces/{space}/services"] = services.InNamespace(space);
            _answers[$"/apis/networking.k8s.io/v1/namespaces/{space}/ingresses"] = ingresses.InNamespace(space);
        }

        _answers["/apis/apps/v1/deployments"] = deployments;
        Add("livekit", "configmaps/livekit-livekit-server", "220-configmap-plaintext-keys");
        Add("media", "configmaps/livekit-livekit-server", "223-configmap-with-key-file");
        Add("media", "secrets/livekit-livekit-server", "230-secret");
        Add("livekit-plain", "configmaps/livekit-livekit-server", "222-configmap-default-no-keys");
        _server = await ApiServer.StartAsync(AnswerAsync, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _scratch.Delete(recursive: true);
    }

    [Fact]
    public async Task Are_in_the_ConfigMap_which_has_no_labels_and_the_URL_is_the_Ingress_host()
    {
        var found = await FindAsync("livekit");

        found.Configuration.Keys.Keys.ShouldBe(["APIcS02SX5KDWO9", "APIu7yo5l9eO76u"], ignoreOrder: true);
        found.Configuration.PrometheusPort.ShouldBe(6789);
        found.Selector.ShouldBe("app.kubernetes.io/instance=livekit,app.kubernetes.io/name=livekit-server");
        found.Url.ShouldNotBeNull().ShouldStartWith("ws");
        found.Image.ShouldBe("livekit/livekit-server:v1.9.0");
    }

    [Fact]
    public async Task Are_in_the_Secret_that_is_mounted_as_key_file()
    {
        var found = await FindAsync("media");

        found.Configuration.Keys.ShouldHaveSingleItem();
        found.KeysMissing.ShouldBeNull();
    }

    [Fact]
    public async Task Are_in_a_Secret_that_only_the_Deployments_volume_ties_to_LiveKit()
    {
        var secret = Recorded.Of("231-secret-existing");
        _answers[secret.Target] = secret;
        Add("livekit-ext", "configmaps/livekit-livekit-server", "223-configmap-with-key-file",
            body => body.Replace("keys.yaml", "lk-keys.yaml", StringComparison.Ordinal));

        var found = await FindAsync("livekit-ext");

        found.Configuration.Keys.ShouldHaveSingleItem();
        found.UrlMissing.ShouldNotBeNull().ShouldContain("LoadBalancer without an address yet");
    }

    [Fact]
    public async Task Come_with_the_address_of_the_load_balancer_where_no_Ingress_leads_to_LiveKit()
    {
        const string services = "/api/v1/namespaces/livekit-ext/services";
        Add("livekit-ext", "configmaps/livekit-livekit-server", "223-configmap-with-key-file");
        (await FindAsync("livekit-ext")).UrlMissing.ShouldNotBeNull()
            .ShouldContain("Service livekit-livekit-server is a LoadBalancer without an address yet");

        _answers[services] = _answers[services].WithItems(Recorded.Of("244-service-with-address"));

        (await FindAsync("livekit-ext")).Url.ShouldBe("ws://203.0.113.10");
    }

    [Theory]
    [InlineData("rtc.example.org", "wss://rtc.example.org")]
    [InlineData(null, "wss://a1b2c3.elb.example.com")]
    public async Task Come_with_the_host_of_the_Ingress_and_where_it_names_none_with_its_address_which_may_be_a_hostname(string? host,
        string url)
    {
        const string ingresses = "/apis/networking.k8s.io/v1/namespaces/media/ingresses";
        var ingress = Recorded.Of("251-ingress-with-address");
        _answers[ingresses] = _answers[ingresses]
            .WithItems(host is null
            ? ingress with { Body = ingress.Body.Replace("rtc.example.org", "*.example.org", StringComparison.Ordinal) }
            : ingress);

        (await FindAsync("media")).Url.ShouldBe(url);
    }

    [Fact]
    public async Task Are_looked_for_one_by_one_and_never_among_all_Secrets_where_Helm_keeps_copies_of_them()
    {
        await FindAsync("media");

        _asked.ShouldContain(path => path.EndsWith("/secrets/livekit-livekit-server", StringComparison.Ordinal));
        _asked.ShouldNotContain(path => path.EndsWith("/secrets", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_a_configuration_that_is_not_YAML_nothing_is_repeated()
    {
        Add("livekit", "configmaps/livekit-livekit-server", "220-configmap-plaintext-keys",
            body => body.Replace("keys:\\n", "keys: [\\n", StringComparison.Ordinal));

        var error = await Should.ThrowAsync<LoadTestException>(() => FindAsync("livekit"));

        error.Message.ShouldContain("ConfigMap livekit-livekit-server, config.yaml, line");
        error.ToString().ShouldNotContain("yEopAOelH2xN9jGKEHyNghqozwuGDJ58FRsGGMXGJnb");
    }

    [Theory]
    [InlineData("606-anonymous", "system:anonymous")]
    [InlineData("605-sa-no-rights-get-missing", "forbidden: ")]
    public async Task Are_not_found_without_rights_and_whom_the_server_takes_us_for_is_said(string transcript, string said)
    {
        _answers["/apis/apps/v1/namespaces/livekit/deployments"] = Recorded.Of(transcript);

        (await Should.ThrowAsync<LoadTestException>(() => FindAsync("livekit"))).Message.ShouldContain(said);
    }

    [Fact]
    public async Task Are_found_with_the_token_of_a_file_although_a_bad_one_stands_beside_it()
    {
        await File.WriteAllTextAsync(Path.Combine(_scratch.FullName, "token.txt"), $"{_server.Token.Reveal()}\n",
            TestContext.Current.CancellationToken);

        (await FindAsync("livekit", "{token: bad, tokenFile: token.txt}")).Deployment.ShouldBe("livekit-livekit-server");
    }

    [Fact]
    public async Task Are_missed_with_the_reason_where_both_places_are_empty()
    {
        var found = await FindAsync("livekit-plain");

        found.KeysMissing.ShouldBe("ConfigMap livekit-livekit-server, config.yaml has neither keys nor a key_file");
        var error = Should.Throw<LoadTestException>(() => CredentialLookup.Of(new LiveKitParameters { Url = "wss://x" }, found));
        error.Message.ShouldContain("--livekit-api-key (not found in the cluster: ConfigMap livekit-livekit-server");
    }

    [Fact]
    public async Task Must_be_named_when_there_are_several_keys()
    {
        var found = await FindAsync("livekit");

        Should.Throw<LoadTestException>(() => CredentialLookup.Of(new LiveKitParameters(), found))
            .Message.ShouldContain(
                "--livekit-key-name: not given, and LiveKit in livekit has several keys; expected one of APIcS02SX5KDWO9, APIu7yo5l9eO76u");
        Should.Throw<LoadTestException>(() => CredentialLookup.Of(new LiveKitParameters { KeyName = "APIx" }, found)).Message.ShouldContain(
            "--livekit-key-name: got 'APIx'");
        CredentialLookup.Of(new LiveKitParameters { KeyName = "APIu7yo5l9eO76u" }, found).ApiSecret.Reveal().ShouldStartWith("SQH5");
        var own = new LiveKitParameters { ApiKey = "mine", ApiSecret = new Secret("given"), Url = "wss://mine" };
        CredentialLookup.Of(own, found).ShouldBe(new LiveKitCredentials("wss://mine", "mine", own.ApiSecret));
    }

    [Fact]
    public async Task Are_looked_for_in_vain_where_there_is_no_LiveKit_and_the_namespaces_that_have_one_are_named()
    {
        _answers["/api/v1/namespaces/empty"] = Recorded.Of("632-observer-nodes-list");

        var error = await Should.ThrowAsync<LoadTestException>(() => FindAsync("empty"));

        error.Message.ShouldContain("--livekit-namespace: got 'empty', which has no Deployment");
        error.Message.ShouldContain("There is one in livekit");
    }

    [Fact]
    public async Task Are_looked_for_in_vain_in_a_namespace_that_does_not_exist_where_lists_are_empty()
    {
        var empty = Recorded.Of("202-missing-namespace-list");
        _answers["/apis/apps/v1/namespaces/nosuch/deployments"] =
            empty with { Body = empty.Body.Replace("PodList", "DeploymentList", StringComparison.Ordinal) };
        _answers["/api/v1/namespaces/nosuch"] = Recorded.Of("204-missing-namespace-itself");

        (await Should.ThrowAsync<LoadTestException>(() => FindAsync("nosuch"))).Message.ShouldContain(
            "--livekit-namespace: got 'nosuch', which this cluster does not have");
    }

    [Fact]
    public async Task Are_not_found_where_the_Secret_may_not_be_read_and_the_right_is_named()
    {
        _answers["/api/v1/namespaces/media/secrets/livekit-livekit-server"] = Recorded.Of("629-observer-secrets-list");

        var found = await FindAsync("media");

        found.KeysMissing.ShouldNotBeNull().ShouldContain("forbidden: secrets is forbidden");
    }

    [Theory]
    [InlineData("{token: wrong}", null, "not accepted (401)")]
    [InlineData(null, "{server: 'https://127.0.0.1:1', insecure-skip-tls-verify: true}", "connection refused")]
    [InlineData(null, "{server: 'https://no-such-host.invalid:1', insecure-skip-tls-verify: true}", "its host name does not resolve")]
    [InlineData(null, "{server: '[url]'}", "TLS: ")]
    [InlineData(null, "{server: '[localhost]', certificate-authority-data: [ca]}", "TLS: ")]
    [InlineData(null, "{server: '[http]'}", "the connection broke")]
    public async Task Are_not_found_when_the_server_is_not_reached_and_the_reason_is_said(string? user, string? cluster, string said)
    {
        var place = cluster?.Replace("[url]", _server.Url, StringComparison.Ordinal)
            .Replace("[localhost]", _server.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace("[http]", _server.Url.Replace("https", "http", StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace("[ca]", ApiServer.Base64(_server.Authority.Pem), StringComparison.Ordinal);

        var error = await Should.ThrowAsync<LoadTestException>(() => FindAsync("livekit", user, place));

        error.Message.ShouldContain(said);
        error.ExitCode.ShouldBe(ExitCodes.InvalidParameters);
    }

    [Fact]
    public async Task Are_found_with_a_client_certificate_and_by_the_name_that_the_kubeconfig_gives_the_server()
    {
        var (certificate, key) = _server.Authority.IssueClient("observer");
        var user = $"{{client-certificate-data: {ApiServer.Base64(certificate)}, client-key-data: {ApiServer.Base64(key)}}}";
        var cluster = $"{{server: '{_server.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}', tls-server-name: "
            + $"kubernetes, certificate-authority-data: {ApiServer.Base64(_server.Authority.Pem)}}}";

        (await FindAsync("livekit", user, cluster)).Deployment.ShouldBe("livekit-livekit-server");
    }

    [Fact]
    public async Task Are_found_with_the_token_that_a_file_holds_and_with_the_one_that_a_plugin_prints()
    {
        await File.WriteAllTextAsync(Path.Combine(_scratch.FullName, "token.txt"), $"{_server.Token.Reveal()}\n",
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_scratch.FullName, "credential.json"),
            $$$"""{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"{{{_server.Token.Reveal()}}}"}}""", TestContext.Current.CancellationToken);

        (await FindAsync("livekit", "{tokenFile: token.txt}")).Deployment.ShouldBe("livekit-livekit-server");
        (await FindAsync("livekit",
            $"{{exec: {{apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: cat, args: "
            + $"['{_scratch.FullName}/credential.json']}}}}")).Deployment.ShouldBe("livekit-livekit-server");
    }

    [Fact]
    public async Task Are_not_found_with_the_certificate_of_a_foreign_authority()
    {
        using var foreign = new TemporaryAuthority(TimeProvider.System.GetUtcNow());
        var (certificate, key) = foreign.IssueClient("observer");

        var error = await Should.ThrowAsync<LoadTestException>(
            () => FindAsync("livekit",
            $"{{client-certificate-data: {ApiServer.Base64(certificate)}, client-key-data: {ApiServer.Base64(key)}}}"));

        error.Message.ShouldContain("not accepted (401)");
    }

    private void Add(string space, string what, string transcript, Func<string, string>? changed = null)
    {
        var recorded = Recorded.Of(transcript);
        _answers[$"/api/v1/namespaces/{space}/{what}"] = recorded with { Body = changed?.Invoke(recorded.Body) ?? recorded.Body };
    }

    private Task AnswerAsync(HttpContext context)
    {
        _asked.Enqueue(context.Request.Path.Value!);
        return (_answers.GetValueOrDefault(context.Request.Path.Value!) ?? Recorded.Of("115-unknown-path")).WriteAsync(context);
    }

    private async Task<LiveKitInstall> FindAsync(string space, string? user = null, string? cluster = null)
    {
        var kubeconfig = Path.Combine(_scratch.FullName, "config");
        await File.WriteAllTextAsync(kubeconfig, _server.Kubeconfig(user, cluster), TestContext.Current.CancellationToken);
        using var reached = ClusterUnderTest.Open(new LiveKitParameters { Kubeconfig = kubeconfig, Namespace = space }, "/",
            TimeProvider.System)!;
        return await reached.LiveKitAsync(TestContext.Current.CancellationToken);
    }
}
