using System.Text.Json;
using System.Text.RegularExpressions;
using NJsonSchema;

namespace Integration.Tests.EndToEnd;

/// <summary>The main job on the embedded cloud, as somebody at a keyboard sees it.</summary>
public sealed partial class WholeJob : IDisposable
{
    private const string Small = "--profile rehearsal --instance-count 2 --test-duration 6s --smoke-join false";
    private readonly Operator _operator = new();

    public void Dispose() => _operator.Dispose();

    [Fact]
    public async Task Passes_and_leaves_a_report_a_valid_summary_raw_data_and_an_empty_cloud()
    {
        var said = await _operator.RunAsync($"Report {Small}");

        said.ExitCode.ShouldBe(0, said.Text);
        said.Text.ShouldContain("PASSED", customMessage: said.Text);
        _operator.CloudIsEmpty.ShouldBeTrue();
        foreach (var file in (string[])["final-report.html", "summary.md", "junit.xml", "run.json", "vm-01-results.tar.gz",
            "vm-02/logs/lk-1.stdout", "vm-02/metrics/samples.txt", "vm-02/facts.json"])
            File.Exists(Path.Combine(_operator.Results, file)).ShouldBeTrue(file);
        var schema = await JsonSchema.FromFileAsync(Path.Combine(Operator.Checkout, "docs", "reference", "summary-stats.schema.json"),
            TestContext.Current.CancellationToken);
        schema.Validate(await SummaryAsync()).ShouldBeEmpty();
        (await File.ReadAllTextAsync(Path.Combine(_operator.Results, "final-report.html"), TestContext.Current.CancellationToken))
            .ShouldContain("This is a replay");
    }

    /// <summary>The manifest has the value of each field of the build.</summary>
    [Fact]
    public async Task Takes_the_defaults_that_the_help_texts_give()
    {
        (await _operator.RunAsync($"Report {Small}")).ExitCode.ShouldBe(0);

        var run = await File.ReadAllBytesAsync(Path.Combine(_operator.Results, "run.json"), TestContext.Current.CancellationToken);
        using var manifest = JsonDocument.Parse(run);
        var given = manifest.RootElement.GetProperty("parameters").EnumerateObject()
            .ToDictionary(value => $"--{value.Name}", value => value.Value.GetString()!, StringComparer.Ordinal);
        string[] ofProfileAndCommand =
            ["--cloud", "--fleet", "--instance-count", "--participants-per-vm", "--test-duration", "--smoke-join", "--price-per-hour"];
        foreach (var name in ofProfileAndCommand)
            given.Remove(name).ShouldBeTrue(name);
        foreach (var (name, help) in ParametersOfTheHelp.All.Where(parameter => given.GetValueOrDefault(parameter.Name) is { Length: > 0 }))
            given[name].ShouldBe(help.Default is null ? "False" : ParameterHelp.DefaultOf(help.Text), name);
        given.Count.ShouldBeGreaterThan(25);
    }

    [Fact]
    public async Task Rendered_again_from_the_raw_files_it_is_the_same_to_the_byte_but_for_the_time_of_rendering()
    {
        (await _operator.RunAsync($"Report {Small}")).ExitCode.ShouldBe(0);
        var first = await RenderedAsync();
        foreach (var file in first.Keys)
            File.Delete(Path.Combine(_operator.Results, file));

        var again = await _operator.RunAsync($"Report --skip {Small}");

        again.ExitCode.ShouldBe(0, again.Text);
        var second = await RenderedAsync();
        foreach (var (file, text) in first)
            second[file].ShouldBe(text, file);
    }

    /// <summary>What a report is written in, each without the instant at which that was done.</summary>
    private async Task<IReadOnlyDictionary<string, string>> RenderedAsync()
    {
        var texts = new Dictionary<string, string>();
        foreach (var file in (string[])["final-report.html", "summary-stats.json", "summary.md", "junit.xml", "measurements.csv"])
            texts[file] = await File.ReadAllTextAsync(Path.Combine(_operator.Results, file), TestContext.Current.CancellationToken);
        using var summary = JsonDocument.Parse(texts["summary-stats.json"]);
        var renderedAt = summary.RootElement.GetProperty("renderedAt");
        texts["summary-stats.json"] = texts["summary-stats.json"].Replace(renderedAt.GetRawText(), "", StringComparison.Ordinal);
        texts["final-report.html"] = texts["final-report.html"]
            .Replace($"Made {renderedAt.GetDateTimeOffset():yyyy-MM-dd HH:mm:ss} UTC", "", StringComparison.Ordinal);
        return texts;
    }

    [Fact]
    public async Task A_threshold_that_fails_is_exit_code_99_and_the_fleet_is_destroyed()
    {
        var said = await _operator.RunAsync($"Report {Small} --thresholds connected<50%");

        said.ExitCode.ShouldBe(99, said.Text);
        said.Text.ShouldContain("FAILED", customMessage: said.Text);
        _operator.CloudIsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task What_was_not_measured_is_exit_code_98()
    {
        var said = await _operator.RunAsync($"Report {Small} --rehearsal-scenario host-lost");

        said.ExitCode.ShouldBe(98, said.Text);
        said.Text.ShouldContain("INCONCLUSIVE", customMessage: said.Text);
        _operator.CloudIsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task An_outage_that_lk_calls_healthy_does_not_pass()
    {
        var said = await _operator.RunAsync(
            "Report --profile rehearsal --instance-count 2 --test-duration 30s --rehearsal-scenario outage");

        said.ExitCode.ShouldBe(99, said.Text);
        said.Text.ShouldContain("Media stopped arriving at vm-0", customMessage: said.Text); // said while it happens
        said.Text.ShouldContain("Media stopped arriving at 2 of 2 VMs", customMessage: said.Text); // and in the verdict
    }

    [Fact]
    public async Task Stages_are_processes_that_add_up_and_a_smoke_join_comes_first()
    {
        var said = await _operator.RunAsync("Report --profile rehearsal --instance-count 2 --stages 50%:3s,100%:6s");

        said.ExitCode.ShouldBe(0, said.Text);
        (await File.ReadAllTextAsync(Path.Combine(_operator.Results, "summary.md"), TestContext.Current.CancellationToken))
            .ShouldContain("38 of 38 participants were served");
        File.Exists(Path.Combine(_operator.Results, "vm-02/logs/lk-2.stdout")).ShouldBeTrue();
        (await File.ReadAllTextAsync(Path.Combine(_operator.Results, "smoke-join.json"), TestContext.Current.CancellationToken))
            .ShouldContain("\"tracks\": 2");
    }

    [Fact]
    public async Task Collect_named_again_fetches_nothing_that_is_at_home()
    {
        var first = await _operator.RunAsync($"Collect {Small}");
        first.ExitCode.ShouldBe(0, first.Text);
        var archive = Path.Combine(_operator.Results, "vm-01-results.tar.gz");
        var fetchedAt = File.GetLastWriteTimeUtc(archive);
        File.Delete(Path.Combine(_operator.Results, "vm-02-results.tar.gz"));

        var again = await _operator.RunAsync($"Collect {Small}");
        await _operator.RunAsync($"Destroy {Small}");

        again.ExitCode.ShouldBe(0, again.Text);
        File.GetLastWriteTimeUtc(archive).ShouldBe(fetchedAt);
        File.Exists(Path.Combine(_operator.Results, "vm-02-results.tar.gz")).ShouldBeTrue();
    }

    [Fact]
    public async Task Capacity_names_the_largest_load_of_a_recorded_server_and_destroys_the_fleet()
    {
        var said = await _operator.RunAsync(
            "Capacity --profile rehearsal --rehearsal-scenario capacity --instance-count 4 --joins-per-second 10 "
            + "--capacity-from 57 --step-duration 4s --smoke-join false --thresholds max(join-time)<2s");

        said.ExitCode.ShouldBe(0, said.Text);
        said.Text.ShouldContain("The cluster carries 57 participants (100 % served, p95 of the join time ", customMessage: said.Text);
        _operator.CloudIsEmpty.ShouldBeTrue();
        using var capacity =
            JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_operator.Results, "capacity.json"),
            TestContext.Current.CancellationToken));
        capacity.RootElement.GetProperty("finding").GetProperty("participants").GetInt32().ShouldBe(57);
        capacity.RootElement.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("participants").GetInt32())
            .ShouldBe([57, 76, 57]);
    }

    [Fact]
    public async Task A_condition_that_holds_stops_the_load_before_its_time_and_nothing_passes()
    {
        var said = await _operator.RunAsync(
            "Report --profile rehearsal --instance-count 2 --test-duration 5m --smoke-join false --rehearsal-scenario joins-fail "
            + "--abort-when errors>0");

        said.ExitCode.ShouldBe(99, said.Text);
        said.Text.ShouldContain("errors>0 holds: the load is stopped", customMessage: said.Text);
        _operator.CloudIsEmpty.ShouldBeTrue();
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task A_signal_stops_the_load_collects_destroys_once_and_exits_105(string signal)
    {
        using var running = _operator.Start("Report --profile rehearsal --instance-count 2 --test-duration 10m");
        await running.HearsAsync("38 of 38 participants connected");

        running.Signal(signal);
        var said = await running.EndAsync();

        said.ExitCode.ShouldBe(105, said.Text);
        Regex.Count(said.Text, "Nothing of fleet rehearsal is left in the cloud").ShouldBe(1);
        _operator.CloudIsEmpty.ShouldBeTrue();
        JsonDocument.Parse(await SummaryAsync()).RootElement.GetProperty("judgement").GetProperty("verdict").GetString()
            .ShouldNotBe("Passed");
    }

    [Fact]
    public async Task Two_signals_send_the_deletes_and_go()
    {
        using var running = _operator.Start("Report --profile rehearsal --instance-count 2 --test-duration 10m");
        await running.HearsAsync("start together");

        running.Signal("INT");
        await running.HearsAsync("A second signal exits immediately");
        running.Signal("INT");
        var said = await running.EndAsync();
        await _operator.RunAsync($"Destroy {Small}");

        said.ExitCode.ShouldBe(105, said.Text);
        _operator.CloudIsEmpty.ShouldBeTrue();
        (await File.ReadAllTextAsync(Path.Combine(_operator.Results, "summary-stats.json"), TestContext.Current.CancellationToken))
            .ShouldContain("\"inconclusive\"", Case.Insensitive);
    }

    [Fact]
    public async Task A_run_goes_on_when_the_controller_is_killed_and_Report_brings_that_run_home()
    {
        string runId;
        using (var running = _operator.Start("Report --profile rehearsal --instance-count 2 --test-duration 15s"))
        {
            await running.HearsAsync("participants connected"); // all hosts are armed
            running.Signal("KILL");
            var killed = await running.EndAsync();
            runId = RunId().Match(killed.Text).Value;
        }

        _operator.CloudIsEmpty.ShouldBeFalse();
        var refused = await _operator.RunAsync($"Run {Small}");
        var said = await _operator.RunAsync($"Report {Small}");

        refused.ExitCode.ShouldBe(1, refused.Text);
        refused.Text.ShouldContain($"run {runId} is in progress");
        said.ExitCode.ShouldBe(0, said.Text);
        said.Text.ShouldContain($"Found run {runId} on the fleet");
        RunIdOf(await SummaryAsync()).ShouldNotBe(runId, "this load is another one");
        RunIdOf(await SummaryAsync("history", runId)).ShouldBe(runId);
        _operator.CloudIsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task Single_targets_one_after_the_other_do_the_same_as_the_whole_job()
    {
        (await _operator.RunAsync($"Run {Small}")).ExitCode.ShouldBe(0);
        var status = await _operator.RunAsync($"Status {Small}");
        (await _operator.RunAsync($"Collect {Small}")).ExitCode.ShouldBe(0);
        var report = await _operator.RunAsync($"Report --skip {Small}");
        (await _operator.RunAsync($"Destroy {Small}")).ExitCode.ShouldBe(0);

        status.Text.ShouldContain("2 servers (2 ACTIVE)");
        status.Text.ShouldContain("its results were not downloaded");
        report.ExitCode.ShouldBe(0, report.Text);
        _operator.CloudIsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task Report_answers_for_the_load_that_was_asked_for_and_not_for_one_that_it_finds()
    {
        (await _operator.RunAsync($"Run {Small}")).ExitCode.ShouldBe(0);
        var said = await _operator.RunAsync($"Report {Small} --participants-per-vm 10");
        var foundRun = Directory.GetDirectories(Path.Combine(_operator.Results, "history")).ShouldHaveSingleItem();

        said.ExitCode.ShouldBe(0, said.Text);
        ParticipantsOf(await SummaryAsync()).ShouldBe(20);
        ParticipantsOf(await SummaryAsync("history", Path.GetFileName(foundRun))).ShouldBe(38);
    }

    [Fact]
    public async Task A_load_that_was_not_run_leaves_no_report_of_an_earlier_one()
    {
        (await _operator.RunAsync($"Report {Small}")).ExitCode.ShouldBe(0);
        var said = await _operator.RunAsync("Report --profile rehearsal --rehearsal-scenario quota");
        var summary = await SummaryAsync();
        var refused = await _operator.RunAsync($"Report {Small} --test-duration 1s");

        said.ExitCode.ShouldBe(104, said.Text);
        said.Text.ShouldContain("NOT RUN");
        JsonDocument.Parse(summary).RootElement.GetProperty("judgement").GetProperty("reason").GetString()
            .ShouldStartWith("The load you asked for was not run: The project's quota is too small");
        refused.ExitCode.ShouldBe(104, refused.Text);
        (await SummaryAsync()).ShouldContain("The load you asked for was not run: --test-duration: got ", customMessage: refused.Text);
        Directory.GetDirectories(Path.Combine(_operator.Results, "history")).Length.ShouldBe(2);
    }

    private static string? RunIdOf(string summary) =>
        JsonDocument.Parse(summary).RootElement.GetProperty("run").GetProperty("runId").GetString();

    private static int ParticipantsOf(string summary) =>
        JsonDocument.Parse(summary).RootElement.GetProperty("load").GetProperty("participants").GetInt32();

    private Task<string> SummaryAsync(params string[] folder) => File.ReadAllTextAsync(
        Path.Combine([_operator.Results, .. folder, "summary-stats.json"]), TestContext.Current.CancellationToken);

    [GeneratedRegex("[0-9]{8}-[0-9]{6}-[a-z0-9]{4}", RegexOptions.None, 1000)]
    private static partial Regex RunId();
}
