using System.Text;
using LoadTesting.Hosts;

namespace Tests.Ssh;

public sealed class ScriptsOverSsh : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private readonly SshLab _lab = new();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task A_script_gives_its_output_its_complaints_and_its_exit_code_byte_for_byte()
    {
        var shell = await _lab.ConnectAsync(await _lab.StartAsync());

        var result = await shell.RunAsync("printf 'a\\0\\377'; echo 'it''s wrong' >&2; pwd; exit 7", Deadline, SshLab.Cancellation);

        result.ExitCode.ShouldBe(7);
        result.Output[..3].ToArray().ShouldBe([(byte)'a', 0, 255]);
        result.Output[3..].ToArray().ShouldBe(Encoding.UTF8.GetBytes($"{_lab.Home}\n"));
        result.Error.ShouldBe("its wrong\n");
    }

    [Fact]
    public async Task A_script_that_is_killed_has_the_exit_code_that_a_shell_would_say()
    {
        var shell = await _lab.ConnectAsync(await _lab.StartAsync());

        var result = await shell.RunAsync("kill -KILL $$", Deadline, SshLab.Cancellation);

        result.ExitCode.ShouldBe(137);
        result.Error.ShouldContain("SIGKILL");
    }

    [Fact]
    public async Task Scripts_that_end_before_their_input_does_cost_no_connection()
    {
        var server = await _lab.StartAsync();
        var shells = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _lab.ConnectAsync(server)));

        for (var round = 0; round < 10; round++)
        {
            var results = await Task.WhenAll(shells.Select(shell => shell.RunAsync("exit 3", Deadline, SshLab.Cancellation)));
            results.ShouldAllBe(result => result.ExitCode == 3);
        }

        server.Log.ShouldNotContain("nonexistent channel");
    }

    [Fact]
    public async Task A_secret_in_a_script_is_in_no_process_list()
    {
        var shell = await _lab.ConnectAsync(await _lab.StartAsync());

        var result = await shell.RunAsync("secret=hush-hush-1\ncat /proc/[0-9]*/cmdline", Deadline, SshLab.Cancellation);

        result.Text.ShouldContain("bash\0-c\0eval");
        result.Text.ShouldNotContain("hush-hush-1");
    }

    [Fact]
    public async Task A_script_that_is_asked_answers_each_time_from_one_process()
    {
        var shell = await _lab.ConnectAsync(await _lab.StartAsync());

        var exchanges = await shell.AskAsync("while read -r _; do echo \"$$ $((++count))\"; done", 5, Deadline, SshLab.Cancellation);

        var process = exchanges[0].Answer.Split(' ')[0];
        exchanges.Select(exchange => exchange.Answer).ShouldBe(Enumerable.Range(1, 5).Select(count => $"{process} {count}"));
        exchanges.SelectMany(exchange => new[] { exchange.AskedAt, exchange.AnsweredAt }).ShouldBeInOrder();
    }

    [Fact]
    public async Task A_script_that_ends_before_the_last_question_has_answered_fewer()
    {
        var shell = await _lab.ConnectAsync(await _lab.StartAsync());

        var exchanges = await shell.AskAsync("read -r _; echo one; read -r _; exit 0", 5, Deadline, SshLab.Cancellation);

        exchanges.ShouldHaveSingleItem().Answer.ShouldBe("one");
    }

    [Fact]
    public async Task A_script_that_does_not_answer_is_ended_at_its_deadline()
    {
        var shell = await _lab.ConnectAsync(await _lab.StartAsync());

        var error = await Should.ThrowAsync<HostUnreachableException>(
            () => shell.AskAsync("echo $$ >pid; while read -r _; do :; done; sleep 600", 5, TimeSpan.FromSeconds(1), SshLab.Cancellation));

        error.Message.ShouldContain("within 1 s");
        await IsGoneAsync(shell);
    }

    [Fact]
    public async Task A_script_that_fails_when_asked_says_why()
    {
        var shell = await _lab.ConnectAsync(await _lab.StartAsync());

        var error = await Should.ThrowAsync<LoadTestException>(
            () => shell.AskAsync("echo 'no clock here' >&2; exit 3", 5, Deadline, SshLab.Cancellation));

        error.Message.ShouldContain("no clock here");
    }

    [Fact]
    public async Task Many_scripts_at_once_do_not_mix()
    {
        var shell = await _lab.ConnectAsync(await _lab.StartAsync());

        var results = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(index => shell.RunAsync($"seq {index} {index + 2000}", Deadline, SshLab.Cancellation)));

        for (var index = 0; index < results.Length; index++)
            results[index].Lines.ShouldBe(Enumerable.Range(index, 2001).Select(number => $"{number}"));
    }

    [Fact]
    public async Task A_script_without_end_is_ended_on_the_host_at_its_deadline()
    {
        var shell = await _lab.ConnectAsync(await _lab.StartAsync());

        var error = await Should.ThrowAsync<HostUnreachableException>(
            () => shell.RunAsync("echo $$ >pid; sleep 600", TimeSpan.FromSeconds(1), SshLab.Cancellation));

        error.Message.ShouldContain("within 1 s");
        await IsGoneAsync(shell);
    }

    [Fact]
    public async Task A_script_is_ended_by_the_host_itself_when_the_connection_is_lost()
    {
        var server = await _lab.StartAsync();
        var shell = await _lab.ConnectAsync(server);
        var running = shell.RunAsync("echo $$ >pid.part; mv pid.part pid; sleep 600", TimeSpan.FromSeconds(2), SshLab.Cancellation);
        (await shell.RunAsync("until [ -e pid ]; do sleep 0.02; done", Deadline, SshLab.Cancellation)).ExitCode.ShouldBe(0);

        server.CutSessions();

        (await Should.ThrowAsync<HostUnreachableException>(() => running)).Message.ShouldStartWith("lost:");
        await IsGoneAsync(await _lab.ConnectAsync(server));
    }

    [Fact]
    public async Task A_script_is_ended_on_the_host_when_nobody_waits_for_it_any_more()
    {
        var shell = await _lab.ConnectAsync(await _lab.StartAsync());
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(SshLab.Cancellation);
        var running = shell.RunAsync("echo $$ >pid.part; mv pid.part pid; sleep 600", Deadline, impatient.Token);
        (await shell.RunAsync("until [ -e pid ]; do sleep 0.02; done", Deadline, SshLab.Cancellation)).ExitCode.ShouldBe(0);

        await impatient.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running);
        await IsGoneAsync(shell);
    }

    [Fact]
    public async Task A_script_that_writes_without_end_is_ended()
    {
        var shell = await _lab.ConnectAsync(await _lab.StartAsync());

        var error = await Should.ThrowAsync<LoadTestException>(
            () => shell.RunAsync("echo $$ >pid; exec yes", Deadline, SshLab.Cancellation));

        error.Message.ShouldContain("16 MB");
        await IsGoneAsync(shell);
    }

    private static async Task IsGoneAsync(IRemoteShell shell) =>
        (await shell.RunAsync("while kill -0 $(<pid) 2>/dev/null; do sleep 0.02; done; echo gone", Deadline,
            SshLab.Cancellation)).Text.ShouldBe("gone\n");
}
