using System.Text.Json;

namespace Integration.Tests.EndToEnd;

/// <summary>The workflows are those that the build generates, and their commands do what they are for when a runner runs them.</summary>
public sealed class Workflows : IDisposable
{
    private const string Canary = "canary-7f3a91";

    /// <summary>What a hosted runner has in the environment of a step, of all that could be taken for a parameter and more.</summary>
    private static readonly (string, string)[] Runner =
    [
        ("CI", "true"), ("GITHUB_ACTIONS", "true"), ("GITHUB_RUN_ID", "17"), ("GITHUB_REPOSITORY", "somebody/loadtest"),
            ("GITHUB_WORKFLOW", "load-test"),
        ("GITHUB_REF", "refs/heads/main"), ("GITHUB_SHA", "0123456789"), ("GITHUB_JOB", "ubuntu-latest"), ("GITHUB_ENV", "/nowhere"),
            ("GITHUB_TOKEN", ""),
        ("RUNNER_OS", "Linux"), ("RUNNER_ARCH", "X64"), ("RUNNER_TEMP", "/nowhere"), ("RUNNER_ENVIRONMENT", "github-hosted"),
            ("RUNNER_NAME", "1"),
        ("ImageOS", "ubuntu24"), ("ImageVersion", "20261101.1"), ("AGENT_TOOLSDIRECTORY", "/opt"), ("USER", "runner"),
            ("SHELL", "/bin/bash"), ("LANG", "C.UTF-8"),
        ("ACCEPT_EULA", "Y"), ("CONDA", "/usr/share/miniconda"), ("DEBIAN_FRONTEND", "noninteractive"), ("JAVA_HOME", "/usr"),
            ("ANDROID_HOME", "/usr"),
        ("POWERSHELL_DISTRIBUTION_CHANNEL", "GitHub"), ("XDG_CONFIG_HOME", "/nowhere"), ("HOME", "/proc"),
            // nobody can write there, not even root
    ];

    private readonly Operator _operator = new();

    public static TheoryData<string> Names => ["load-test", "nightly", "sweep", "test"];

    private string StepSummary => Path.Combine(_operator.Root, "step-summary.md");

    public void Dispose() => _operator.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Are_what_the_build_generates(string name)
    {
        File.Copy(Path.Combine(Operator.Checkout, "build.cmd"), Path.Combine(_operator.Root, "build.cmd"));
        Directory.CreateDirectory(Path.Combine(_operator.Root, ".github", "workflows")); // NUKE does not make it
        var said = await _operator.RunAsync($"--generate-configuration GitHubActions_{name} --host GitHubActions");
        said.ExitCode.ShouldBe(0, said.Text);

        var generated = await File.ReadAllTextAsync(Path.Combine(_operator.Root, ".github", "workflows", $"{name}.yml"),
            TestContext.Current.CancellationToken);
        var kept = Path.Combine(WorkflowFile.Folder, $"{name}.yml");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(WorkflowFile.Folder);
            await File.WriteAllTextAsync(kept, generated, TestContext.Current.CancellationToken);
        }

        (await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken)).ShouldBe(generated);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Set_only_parameters_that_exist_may_read_only_and_end_before_their_fleet_expires(string name)
    {
        var workflow = WorkflowFile.Read(name);

        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Operator.Checkout, ".nuke", "build.schema.json")));
        var parameters = schema.RootElement.GetRawText();
        foreach (var variable in workflow.Variables.Keys.Where(variable => !variable.StartsWith("OS_", StringComparison.Ordinal)))
            parameters.ShouldContain($"\"{(variable == "NukeProfile" ? "Profile" : variable)}\": {{");
        workflow.Permissions.ShouldBe("contents: read");
        workflow.TimeoutMinutes.ShouldBeInRange(1, 239); // a fleet's mark lets it stand 4 h
    }

    [Fact]
    public void Never_share_a_fleet() =>
        WorkflowFile.Read("nightly").ConcurrencyGroup.ShouldBe(WorkflowFile.Read("load-test").ConcurrencyGroup);

    [Fact]
    public async Task Load_test_reports_keeps_its_results_and_says_no_secret()
    {
        var workflow = WorkflowFile.Read("load-test");
        var said = await StepAsync(workflow, ("NukeProfile", "rehearsal"), ("InstanceCount", "2"), ("TestDuration", "6s"));

        said.ExitCode.ShouldBe(0, said.Text);
        (await File.ReadAllTextAsync(StepSummary, TestContext.Current.CancellationToken)).ShouldContain("passed", Case.Insensitive);
        WorkflowFile.Text(workflow.Upload!, "if").ShouldBe("always()");
        File.Exists(Path.Combine(_operator.Root, $"{workflow.Upload!["with"]["path"]}", "final-report.html")).ShouldBeTrue();
        said.Text.ShouldNotContain(Canary);
        foreach (var file in Directory.EnumerateFiles(_operator.Root, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".gz", StringComparison.Ordinal)))
            (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldNotContain(Canary, Case.Sensitive, file);
    }

    [Fact]
    public async Task Load_test_that_fails_is_annotated_and_its_report_is_shown()
    {
        var said = await StepAsync(WorkflowFile.Read("load-test"), ("NukeProfile", "rehearsal"), ("InstanceCount", "2"),
            ("TestDuration", "6s"), ("Thresholds", "connected<50%"));

        said.ExitCode.ShouldBe(99, said.Text);
        said.Text.ShouldContain("::error::");
        (await File.ReadAllTextAsync(StepSummary, TestContext.Current.CancellationToken)).ShouldContain("failed", Case.Insensitive);
        File.Exists(Path.Combine(_operator.Results, "final-report.html")).ShouldBeTrue();
        _operator.CloudIsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task A_load_that_was_not_run_has_its_end_on_its_page()
    {
        var said = await StepAsync(WorkflowFile.Read("load-test"), ("NukeProfile", "rehearsal"), ("InstanceFlavor", "c9.huge"));

        said.ExitCode.ShouldBe(104, said.Text);
        (await File.ReadAllTextAsync(StepSummary, TestContext.Current.CancellationToken))
            .ShouldContain("Load test not run");
    }

    [Fact]
    public async Task A_wrong_input_is_refused_before_anything_is_made()
    {
        var said = await StepAsync(WorkflowFile.Read("load-test"), ("NukeProfile", "rehersal"));

        said.ExitCode.ShouldBe(104, said.Text);
        said.Text.ShouldContain("did you mean rehearsal?");
    }

    [Fact]
    public async Task Nightly_takes_its_parameters_from_the_repository()
    {
        await File.WriteAllTextAsync(Path.Combine(_operator.Root, ".nuke", "parameters.json"),
            """{ "Cloud": "rehearsal", "Fleet": "rehearsal", "InstanceCount": 2, "ParticipantsPerVm": 19, "TestDuration": "6s" }""",
                TestContext.Current.CancellationToken);
        var said = await StepAsync(WorkflowFile.Read("nightly"));

        said.ExitCode.ShouldBe(0, said.Text);
        (await File.ReadAllTextAsync(Path.Combine(_operator.Results, "summary.md"), TestContext.Current.CancellationToken))
            .ShouldContain("38 of 38 participants were served");
        _operator.CloudIsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task Sweep_deletes_what_has_outlived_its_time_and_nothing_else()
    {
        await File.WriteAllTextAsync(Path.Combine(_operator.Root, ".nuke", "parameters.json"), """{ "Cloud": "rehearsal" }""",
            TestContext.Current.CancellationToken);
        (await _operator.RunAsync("Provision --profile rehearsal --fleet stays --instance-count 1")).ExitCode.ShouldBe(0);
        (await _operator.RunAsync("Provision --profile rehearsal --fleet goes --instance-count 1 --expires-after 1s")).ExitCode.ShouldBe(0);

        var said = await StepAsync(WorkflowFile.Read("sweep"));
        var again = await StepAsync(WorkflowFile.Read("sweep"));

        said.ExitCode.ShouldBe(0, said.Text);
        said.Text.ShouldContain("Deleted these expired fleets: goes.");
        again.Text.ShouldContain("No fleet has expired");
        (await _operator.RunAsync("Status --cloud rehearsal")).Text.ShouldContain("fleet stays: 1 server");
    }

    [Fact]
    public async Task A_cancelled_run_sends_its_deletes_at_once()
    {
        using var running = _operator.Start("Report --profile rehearsal --instance-count 2 --test-duration 10m", [.. Runner]);
        await running.HearsAsync("start together");
        running.Signal("INT");
        var said = await running.EndAsync();
        var swept = await _operator.RunAsync("Destroy --profile rehearsal", [.. Runner]);

        said.ExitCode.ShouldBe(105, said.Text);
        swept.ExitCode.ShouldBe(0, swept.Text);
        said.Text.ShouldContain("SIGINT: sending the deletes, waiting for nothing");
        _operator.CloudIsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task Variables_of_a_runner_are_not_taken_for_parameters()
    {
        var said = await _operator.RunAsync("Plan", Runner);

        said.ExitCode.ShouldBe(0, said.Text);
        string.Join(' ', said.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .ShouldContain("10 VMs named livekit-loadtest-01 to livekit-loadtest-10, c1.large, Ubuntu-24.04-Noble");
    }

    /// <summary>Runs the command of a workflow: inputs that are not given and no others are empty, secrets are canaries.</summary>
    private Task<Said> StepAsync(WorkflowFile workflow, params (string Name, string Value)[] inputs)
    {
        var values = inputs.ToDictionary(input => input.Name, input => input.Value, StringComparer.Ordinal);
        var variables = workflow.Variables.Select(variable => (variable.Key, variable.Key switch
        {
            "LivekitUrl" => "", // a secret that nobody stored
            "LivekitApiKey" => "APIname", // names the key, and is kept in run.json
            var name when variable.Value.StartsWith("${{ secrets.", StringComparison.Ordinal) => $"{Canary}-{name}",
            var name => values.GetValueOrDefault(name, ""),
        }));
        return _operator.RunAsync(workflow.Words, [.. Runner, ("GITHUB_STEP_SUMMARY", StepSummary), .. variables]);
    }
}
