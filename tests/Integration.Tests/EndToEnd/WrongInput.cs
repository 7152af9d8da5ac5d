namespace Integration.Tests.EndToEnd;

/// <summary>Wrong input ends the program before anything is created: exit code 104, what was given, what would be right.</summary>
public sealed class WrongInput : IDisposable
{
    private readonly Operator _operator = new();

    public void Dispose() => _operator.Dispose();

    [Theory]
    [InlineData("Report --participants-per-vm abc", "--participants-per-vm: got 'abc', expected a whole number")]
    [InlineData("Report --participants-per-vm -5",
        "--participants-per-vm: got '-5', expected a whole number, 1 or more, such as 200, none that begins with a dash")]
    [InlineData("Report --participants-per-vm 0", "--participants-per-vm: got '0', expected a whole number, 1 or more")]
    [InlineData("Report --participants-per-vm", "--participants-per-vm: got '', expected")]
    [InlineData("Report --participant-per-vm 5", "did you mean --participants-per-vm")]
    [InlineData("Report --no-such-parameter", "--no-such-parameter")]
    [InlineData("Plan --verbosity loud --host Somewhere",
        "--verbosity: got 'loud', expected one of Verbose, Normal, Minimal, Quiet --host: got 'Somewhere', expected one of ")]
    [InlineData("Report --instance-count=7", "expected name and value as two words: --instance-count 7")]
    [InlineData("Repoort", "did you mean Report")]
    [InlineData("Report --instance-count 3 4", "--instance-count: got '4', expected one value only")]
    [InlineData("--keep-servers Report", "expected targets before the first parameter: ./build.sh Report --keep-servers")]
    [InlineData("Report --test-duration 5apples", "--test-duration: got '5apples', expected a duration, above 0s, such as 30m")]
    [InlineData("Report --test-duration 1s", "--test-duration: got '1s', expected at least as long as the ramp-up")]
    [InlineData("Report --joins-per-second 11", "--joins-per-second: got '11', expected a number, above 0, at most 10")]
    [InlineData("Report --rooms 5000", "--rooms: got '5000', expected one-per-vm, shared, or a number")]
    [InlineData("Report --rooms many", "--rooms")]
    [InlineData("Report --publishing-vms 1",
        "--publishing-vms: got '1', expected a whole number from 1 to --instance-count (10), and no more --rooms than that")]
    [InlineData("Report --audio-publishers-per-vm 500", "expected at most as many publishers as participants")]
    [InlineData("Report --video-codec h265", "--video-codec: got 'h265', expected one of h264, vp8")]
    [InlineData("Report --thresholds no-such-metric<3%",
        "--thresholds: got 'no-such-metric<3%', expected one of the metrics connected, audio-delivery")]
    [InlineData("Report --thresholds packet-loss<3s",
        "--thresholds: got 'packet-loss<3s', expected packet-loss compared with a percentage")]
    [InlineData("Report --profile rehersal",
        "--profile: got 'rehersal', expected one of heavy, livekit-audio-room, livekit-large-meeting, livekit-livestream, original, "
        + "rehearsal; did you mean rehearsal?")]
    [InlineData("Report --cloud inventroy", "--cloud: got 'inventroy', expected one of openstack, inventory, rehearsal")]
    [InlineData("Report --cloud inventory", "--inventory: got '', which does not exist; expected an Ansible inventory")]
    [InlineData("Report --cloud inventory --inventory nowhere.yml",
        "--inventory: got 'nowhere.yml', which does not exist; expected an Ansible inventory")]
    [InlineData("Report --inventory hosts.yml", "--cloud: got 'openstack', expected inventory, because of --inventory")]
    [InlineData("Report --rehearsal-scenario lossy --cloud openstack",
        "--cloud: got 'openstack', expected rehearsal, because of --rehearsal-scenario")]
    [InlineData("Report --rehearsal-scenario lossy --profile heavy",
        "--profile: got 'heavy', expected rehearsal, because of --rehearsal-scenario")]
    [InlineData("Report --host-key-check yes", "--host-key-check: got 'yes', expected one of console, known-hosts, accept-new")]
    [InlineData("Report --open-stack-rc nowhere.sh", "--open-stack-rc: got 'nowhere.sh', which does not exist")]
    [InlineData("Report --os-cloud mine", "--os-cloud: got 'mine', but there is no clouds.yaml")]
    [InlineData("Provision --profile rehearsal --instance-flavor c9.huge",
        "--instance-flavor: got 'c9.huge', which the cloud does not have; expected one of c1.large")]
    [InlineData("Provision --profile rehearsal --image Windows --network nowhere", "--network: got 'nowhere'")]
    [InlineData("Provision --profile rehearsal --rehearsal-scenario quota", "instances: 10 more are needed, 0 of 4 are in use")]
    [InlineData("Report --profile rehearsal --lk-binary nowhere", "--lk-binary: got 'nowhere', expected the path of an existing lk binary")]
    public async Task Of_a_command_line(string words, string expected)
    {
        var said = await _operator.RunAsync(words);

        said.Text.ReplaceLineEndings(" ").ShouldContain(expected);
        said.ExitCode.ShouldBe(104);
        _operator.CloudIsEmpty.ShouldBeTrue();
    }

    [Theory]
    [InlineData("Destroy")]
    [InlineData("Status")]
    public async Task Of_lk_keeps_nobody_from_cleaning_up(string target)
    {
        var said = await _operator.RunAsync($"{target} --profile rehearsal --lk-binary nowhere");

        said.ExitCode.ShouldBe(0, said.Text);
    }

    [Theory]
    [InlineData("Configure --skip Provision", "Configure: the fleet has no servers. ./build.sh Provision makes them.")]
    [InlineData("Prepare --skip Provision Configure",
        "Prepare: the fleet has no servers. ./build.sh Prepare makes them, unless Provision is skipped.")]
    [InlineData("Run --skip Provision Configure Prepare",
        "Run: the fleet has no servers. ./build.sh Run makes them, unless Provision is skipped.")]
    public async Task Of_a_phase_without_a_fleet_says_what_makes_one(string words, string expected)
    {
        var said = await _operator.RunAsync($"{words} --profile rehearsal");

        said.Text.ReplaceLineEndings(" ").ShouldContain(expected);
        said.ExitCode.ShouldNotBe(0);
    }

    [Fact]
    public async Task A_failed_Provision_leads_straight_to_Destroy()
    {
        var said = await _operator.RunAsync("Report --profile rehearsal --instance-flavor c9.huge");

        said.ExitCode.ShouldBe(104);
        said.Text.ShouldContain("Nothing of fleet rehearsal is left in the cloud");
    }

    [Fact]
    public async Task Of_an_environment_with_two_spellings_names_both()
    {
        var said = await _operator.RunAsync("Plan", ("INSTANCE_COUNT", "3"), ("InstanceCOUNT", "4"));

        said.ExitCode.ShouldBe(104);
        said.Text.ShouldContain("INSTANCE_COUNT");
        said.Text.ShouldContain("InstanceCOUNT");
    }

    [Fact]
    public async Task Of_an_environment_that_does_not_convert_names_the_variable()
    {
        var said = await _operator.RunAsync("Plan", ("TEST_DURATION", "long"));

        said.ExitCode.ShouldBe(104);
        said.Text.ShouldContain("(environment variable TEST_DURATION): got 'long', expected a duration");
    }

    [Theory]
    [InlineData("NUKE_VERBOSITY", "loud", "--verbosity (environment variable NUKE_VERBOSITY): got 'loud', expected one of Verbose")]
    [InlineData("NUKE_HOST", "somewhere", "--host (environment variable NUKE_HOST): got 'somewhere', expected one of ")]
    public async Task Of_an_environment_that_NUKE_would_crash_on_names_the_variable(string variable, string value, string expected)
    {
        var said = await _operator.RunAsync("Plan", (variable, value));

        said.ExitCode.ShouldBe(104);
        said.Text.ShouldContain(expected);
    }

    [Fact]
    public async Task Of_a_parameters_file_that_NUKE_would_crash_on_names_the_file()
    {
        await File.WriteAllTextAsync(Path.Combine(_operator.Root, ".nuke", "parameters.json"), """{ "Verbosity": "loud" }""",
            TestContext.Current.CancellationToken);

        var said = await _operator.RunAsync("Plan");

        said.ExitCode.ShouldBe(104);
        said.Text.ShouldContain(".nuke/parameters.json: Verbosity: got 'loud', expected one of Verbose");
    }

    [Fact]
    public async Task A_root_without_a_value_is_none() =>
        (await _operator.RunAsync("Plan --root")).ExitCode.ShouldBe(0, "it is the working directory");

    [Fact]
    public async Task Of_a_root_that_cannot_be_written_names_it()
    {
        var temp = Path.Combine(_operator.Root, ".nuke", "temp");
        await File.WriteAllTextAsync(temp, "", TestContext.Current.CancellationToken);

        var said = await _operator.RunAsync("Plan");

        said.ExitCode.ShouldBe(104);
        said.Text.ShouldContain($"--root: got '{_operator.Root}', expected a folder that can be written");
    }

    [Fact]
    public async Task Variables_of_other_programs_are_not_taken_for_parameters()
    {
        var said = await _operator.RunAsync("Plan", ("HOST", "x86_64-linux"), ("VERBOSITY", "11"), ("TARGET", "release"),
            ("PROFILE", "default"));

        said.ExitCode.ShouldBe(0, said.Text);
        said.Text.ShouldContain("Nothing was changed");
    }

    [Fact]
    public async Task A_secret_is_never_said()
    {
        var said = await _operator.RunAsync("Plan --verbosity verbose", ("LIVEKIT_API_SECRET", "hunter2hunter2"));

        said.ExitCode.ShouldBe(0, said.Text);
        said.Text.ShouldNotContain("hunter2hunter2");
    }
}
