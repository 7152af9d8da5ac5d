using System.Globalization;
using Rehearsal.Hosts;
using Rehearsal.LiveKit;

namespace ControlPlane.Tests;

/// <summary>What an operator does with a real OpenStack. What is in the cloud is asked of OpenStack's own client.</summary>
[Collection(nameof(RealCloud))]
public sealed class OnARealControlPlane(RealCloud cloud) : IDisposable
{
    private const string FixedAddresses = "--floating-network none --boot-timeout 5m";
    private readonly Operator _operator = new();

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task Report_makes_the_fleet_runs_the_load_on_real_hosts_and_leaves_nothing()
    {
        cloud.Require();
        await using var liveKit = await LiveKitStub.OpenAsync(TestContext.Current.CancellationToken);
        var credentials = liveKit.Credentials;

        var said = await _operator.RunAsync(
            $"Report {Words("whole", 10)} {FixedAddresses} --participants-per-vm 19 --test-duration 15s --lk-binary {HostFolders.Lk} "
                + $"--livekit-url {credentials.Url} --livekit-api-key {credentials.ApiKey}",
            ("LIVEKIT_API_SECRET", credentials.ApiSecret.Reveal()));

        said.ExitCode.ShouldBe(0, said.Text);
        said.Text.ShouldContain("190 of 190 participants connected");
        said.Text.ShouldNotContain(credentials.ApiSecret.Reveal());
        await NothingIsLeftOfAsync("whole");
    }

    [Fact]
    public async Task Hosts_are_configured_once_and_found_as_they_should_be_the_second_time()
    {
        cloud.Require();

        var first = await _operator.RunAsync($"Configure {Words("twice", 2)} {FixedAddresses} --lk-binary {HostFolders.Lk}");
        var second = await _operator.RunAsync($"Configure {Words("twice", 2)} {FixedAddresses} --lk-binary {HostFolders.Lk}");
        var destroyed = await _operator.RunAsync($"Destroy {Words("twice", 2)}");

        first.ExitCode.ShouldBe(0, first.Text);
        first.Text.ShouldContain("2 hosts configured, 2 changed");
        second.ExitCode.ShouldBe(0, second.Text);
        second.Text.ShouldContain("2 hosts configured, nothing to change");
        destroyed.ExitCode.ShouldBe(0, destroyed.Text);
        await NothingIsLeftOfAsync("twice");
    }

    [Fact]
    public async Task Ten_servers_with_floating_addresses_go_up_and_down_and_a_stranger_stays()
    {
        cloud.Require();
        await cloud.AskAsync(
            "server create --image ubuntu-noble --flavor c1.small --network internal --wait livekit-loadtest-stranger -f value -c id");
        await cloud.AskAsync("floating ip create public -f value -c id");

        var planned = await _operator.RunAsync($"Plan {Words("ten", 10)}");
        var up = await _operator.RunAsync($"Provision {Words("ten", 10)} --boot-timeout 5m");
        var addresses = await cloud.AskAsync("floating ip list -f value -c 'Fixed IP Address'");
        var status = await _operator.RunAsync($"Status {Words("ten", 10)}");
        var again = await _operator.RunAsync($"Provision {Words("ten", 10)}");
        var down = await _operator.RunAsync($"Destroy {Words("ten", 10)}");

        planned.Text.ShouldContain("Quota of cores", customMessage: planned.Text);
        up.ExitCode.ShouldBe(0, up.Text);
        addresses.Count(address => address != "None").ShouldBe(10);
        status.Text.ShouldContain("10 servers (10 ACTIVE)");
        again.ExitCode.ShouldBe(0, again.Text);
        down.ExitCode.ShouldBe(0, down.Text);
        await NothingIsLeftOfAsync("ten");
        (await cloud.AskAsync("server list -f value -c Name")).ShouldContain("livekit-loadtest-stranger");
        (await cloud.AskAsync("floating ip list -f value -c 'Floating IP Address'")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_program_killed_while_it_makes_the_fleet_leaves_what_Destroy_finds()
    {
        cloud.Require();
        using (var running = _operator.Start($"Provision {Words("killed", 5)} --boot-timeout 5m"))
        {
            await running.HearsAsync("Booting 5 servers");
            running.Signal("KILL");
            await running.EndAsync();
        }

        var destroyed = await _operator.RunAsync($"Destroy {Words("killed", 5)}");

        destroyed.ExitCode.ShouldBe(0, destroyed.Text);
        await NothingIsLeftOfAsync("killed");
    }

    [Theory]
    [InlineData("HUP", "Booting 2 servers", false)]
    [InlineData("INT", "║ Configure", false)]
    [InlineData("TERM", "of 38 participants connected", true)]
    public async Task A_signal_brings_home_what_there_is_and_leaves_nothing(string signal, string once, bool isHome)
    {
        cloud.Require();
        await using var liveKit = await LiveKitStub.OpenAsync(TestContext.Current.CancellationToken);
        using var running = _operator.Start(
            $"Report {Words("signalled", 2)} {FixedAddresses} --participants-per-vm 19 --test-duration 60s --smoke-join false "
                + $"--lk-binary {HostFolders.Lk} --livekit-url {liveKit.Credentials.Url} --livekit-api-key {liveKit.Credentials.ApiKey}",
            ("LIVEKIT_API_SECRET", liveKit.Credentials.ApiSecret.Reveal()));
        await running.HearsAsync(once);

        running.Signal(signal);
        var said = await running.EndAsync();

        said.ExitCode.ShouldBe(105, said.Text);
        File.Exists(Path.Combine(_operator.Results, "vm-02-results.tar.gz")).ShouldBe(isHome, said.Text);
        (await File.ReadAllTextAsync(Path.Combine(_operator.Results, "final-report.html"), TestContext.Current.CancellationToken))
            .Contains("<h1 id=\"verdict\">Not run</h1>", StringComparison.Ordinal).ShouldBe(!isHome, said.Text);
        await NothingIsLeftOfAsync("signalled");
    }

    [Fact]
    public async Task Servers_that_end_in_ERROR_are_named_with_their_fault_and_destroyed()
    {
        cloud.Require();

        var said = await _operator.RunAsync(
            $"Report {Words("impossible", 2)} {FixedAddresses} --instance-flavor c1.impossible --server-retries 1 --livekit-url "
            + "ws://127.0.0.1:9 --livekit-api-key k",
            ("LIVEKIT_API_SECRET", "a-secret-of-32-characters-or-more"));

        said.ExitCode.ShouldNotBe(0, said.Text);
        (said.Text.Contains("No valid host", StringComparison.Ordinal) || said.Text.Contains("cores", StringComparison.Ordinal))
            .ShouldBeTrue(said.Text);
        await NothingIsLeftOfAsync("impossible");
    }

    [Theory]
    [InlineData("--instance-count 60", "instances")]
    [InlineData("--instance-flavor c9.huge", "c1.large")]
    [InlineData("--image windows-95", "Ubuntu-24.04-Noble")]
    [InlineData("--network nowhere", "internal")]
    public async Task What_the_cloud_lacks_is_said_before_anything_is_made(string words, string named)
    {
        cloud.Require();

        var said = await _operator.RunAsync($"Provision {Words("lacking", 2)} {words}");

        said.ExitCode.ShouldNotBe(0, said.Text);
        said.Text.ShouldContain(named);
        await NothingIsLeftOfAsync("lacking");
    }

    [Fact]
    public async Task An_application_credential_a_cloud_of_clouds_yaml_and_variables_log_in_too()
    {
        cloud.Require();
        var password = (await File.ReadAllTextAsync(cloud.RcFile, TestContext.Current.CancellationToken)).Split("OS_PASSWORD=")[1]
            .Split(' ')[0].Trim();
        var folder = Path.GetDirectoryName(_operator.Results)!;
        await File.WriteAllTextAsync(Path.Combine(folder, "clouds.yaml"), $"""
            clouds:
              tests:
                auth: {"{"} auth_url: "http://127.0.0.1:5000/v3", username: demo, password: {password}, project_name: demo, user_domain_name: Default, project_domain_name: Default {"}"}
                region_name: RegionOne
            """, TestContext.Current.CancellationToken);

        Said[] said =
        [
            await _operator.RunAsync($"Status --open-stack-rc {cloud.ApplicationCredentialRc}"),
            await _operator.RunAsync("Status --os-cloud tests", ("OS_CLIENT_CONFIG_FILE", Path.Combine(folder, "clouds.yaml"))),
            await _operator.RunAsync("Status", ("OS_AUTH_URL", "http://127.0.0.1:5000"), ("OS_USERNAME", "demo"), ("OS_PASSWORD", password),
                ("OS_PROJECT_NAME", "demo"), ("OS_USER_DOMAIN_NAME", "Default"), ("OS_PROJECT_DOMAIN_ID", "default")),
        ];

        said.ShouldAllBe(one => one.ExitCode == 0, string.Join('\n', said.Select(one => one.Text)));
        said.ShouldAllBe(one => !one.Text.Contains(password));
    }

    [Theory]
    [InlineData("OS_PASSWORD", "canary-7f3a91")]
    [InlineData("OS_USERNAME", "nobody")]
    [InlineData("OS_PROJECT_NAME", "nowhere")]
    [InlineData("OS_PROJECT_DOMAIN_NAME", "nowhere")]
    public async Task A_login_that_is_refused_says_what_the_cloud_said_and_which_variables_were_used(string variable, string value)
    {
        cloud.Require();
        var rc = Path.Combine(_operator.Root, "wrong.sh");
        await File.WriteAllTextAsync(rc,
            $"{await File.ReadAllTextAsync(cloud.RcFile, TestContext.Current.CancellationToken)}\nexport {variable}={value}\n",
            TestContext.Current.CancellationToken);

        var said = await _operator.RunAsync($"Provision --open-stack-rc {rc} --fleet refused");

        said.ExitCode.ShouldBe(104, said.Text);
        said.Text.ShouldContain("The request you have made requires authentication.");
        said.Text.ShouldContain(variable);
        said.Text.ShouldNotContain("canary-7f3a91");
    }

    [Fact]
    public async Task Of_two_networks_of_one_name_both_are_said()
    {
        cloud.Require();
        var second = (await cloud.AskAsync("network create internal -f value -c id")).Single();

        var said = await _operator.RunAsync($"Provision {Words("ambiguous", 2)}");
        await cloud.AskAsync($"network delete {second}");

        said.ExitCode.ShouldBe(104, said.Text);
        said.Text.ReplaceLineEndings(" ").ShouldContain("--network: got 'internal'");
        said.Text.ShouldContain(second);
        await NothingIsLeftOfAsync("ambiguous");
    }

    private string Words(string fleet, int servers) =>
        string.Create(CultureInfo.InvariantCulture, $"--open-stack-rc {cloud.RcFile} --fleet {fleet} --instance-count {servers}");

    private async Task NothingIsLeftOfAsync(string fleet)
    {
        (await cloud.AskAsync("server list -f value -c Name")).ShouldNotContain(name => name.StartsWith(fleet, StringComparison.Ordinal));
        (await cloud.AskAsync("keypair list -f value -c Name")).ShouldNotContain(name => name.Contains(fleet, StringComparison.Ordinal));
        (await cloud.AskAsync("security group list -f value -c Name"))
            .ShouldNotContain(name => name.Contains(fleet, StringComparison.Ordinal));
    }
}
