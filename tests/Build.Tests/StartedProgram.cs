using System.Diagnostics;
using System.Text;

namespace BuildTests;

/// <summary>
/// A program that a test has started, and what it says. Nothing of the environment of the tests reaches it but what it needs to run.
/// </summary>
internal sealed class StartedProgram : IAsyncDisposable
{
    private static readonly string[] Inherited = ["PATH", "HOME", "DOTNET_ROOT", "TMPDIR", "NUGET_PACKAGES"];
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];
    private readonly CancellationTokenSource _deadline = new(Deadline);

    public StartedProgram(string file, IEnumerable<string> arguments, string directory, IReadOnlyDictionary<string, string> variables)
    {
        // One pipe for both outputs: two would not tell what came first. The shell gives its process to the program, with the signals
        // that whoever runs the tests may have turned off (nohup, a job in the background).
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec env --default-signal=INT,HUP \"$0\" \"$@\" 2>&1", file, .. arguments])
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment.Clear();
        foreach (var name in Inherited.Where(name => Environment.GetEnvironmentVariable(name) is not null))
            start.Environment[name] = Environment.GetEnvironmentVariable(name);
        start.Environment["TERM"] = "dumb";
        start.Environment["NUKE_TELEMETRY_OPTOUT"] = "1";
        foreach (var (name, value) in variables)
            start.Environment[name] = value;

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => Add(e.Data);
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
    }

    public int Id => _process.Id;

    /// <summary>Standard output and error, in the order in which they came.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Waits until the program has said something.</summary>
    public async Task SaysAsync(string text)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_output)
        {
            if (_output.ToString().Contains(text, StringComparison.Ordinal))
                return;
            _awaited.Add((text, seen));
        }

        await seen.Task.WaitAsync(_deadline.Token);
    }

    /// <summary>Sends a signal by its name, <c>INT</c>.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for its end and returns the exit code.</summary>
    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync(_deadline.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        _deadline.Dispose();
    }

    private void Add(string? line)
    {
        if (line is null)
            return;

        lock (_output)
        {
            _output.Append(line).Append('\n');
            foreach (var (_, seen) in _awaited.Where(awaited => line.Contains(awaited.Text, StringComparison.Ordinal)))
                seen.TrySetResult();
        }
    }
}
