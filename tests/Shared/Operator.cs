using System.Diagnostics;
using System.Text;

namespace Tests.Shared;

/// <summary>Somebody at a keyboard: runs ./build.sh in a root of their own and reads what it says.</summary>
internal sealed class Operator : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory();

    public Operator()
    {
        var profiles = Directory.CreateDirectory(Path.Combine(_root.FullName, ".nuke"));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Checkout, ".nuke"), "parameters*.json"))
            File.Copy(file, Path.Combine(profiles.FullName, Path.GetFileName(file)));
    }

    public static string Checkout { get; } = FindCheckout();

    /// <summary>The root of the operator's own.</summary>
    public string Root => _root.FullName;

    public string Results => Path.Combine(_root.FullName, "results");

    /// <summary>Whether the embedded cloud has anything left.</summary>
    public bool CloudIsEmpty =>
        !Directory.Exists(CloudFolder) || !Directory.EnumerateFiles(CloudFolder, "*.json", SearchOption.AllDirectories).Any();

    private string CloudFolder => Path.Combine(_root.FullName, ".nuke", "temp", "rehearsal", "openstack");

    /// <summary>Writes the operator's own known_hosts.</summary>
    public void Knows(IEnumerable<string> lines) =>
        File.WriteAllLines(Path.Combine(Directory.CreateDirectory(Path.Combine(_root.FullName, ".ssh")).FullName, "known_hosts"), lines);

    public void Dispose() => _root.Delete(recursive: true);

    /// <summary>Runs it to its end.</summary>
    public async Task<Said> RunAsync(string words, params (string Name, string Value)[] variables)
    {
        using var running = Start(words, variables);
        return await running.EndAsync();
    }

    /// <summary>Runs it to its end; words may hold blanks.</summary>
    public async Task<Said> RunAsync(IReadOnlyList<string> words, params (string Name, string Value)[] variables)
    {
        using var running = Start(words, variables);
        return await running.EndAsync();
    }

    /// <summary>Starts it.</summary>
    public Running Start(string words, params (string Name, string Value)[] variables) =>
        Start(words.Split(' ', StringSplitOptions.RemoveEmptyEntries), variables);

    private Running Start(IReadOnlyList<string> words, (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("env",
            ["--default-signal=INT,HUP", "bash", Path.Combine(Checkout, "build.sh"), .. words, "--root", _root.FullName])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = _root.FullName,
        };

        // What the test itself was started with must not reach the program under test.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("NUKE", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("OS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["TERM"] = "dumb";
        start.Environment["NUKE_TELEMETRY_OPTOUT"] = "1";
        start.Environment["HOME"] = _root.FullName;
        start.Environment["DOTNET_CLI_HOME"] = Environment.GetEnvironmentVariable("HOME");
        start.Environment["NUGET_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new Running(process);
    }

    private static string FindCheckout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "LoadTest.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }

    /// <summary>A run that may still be going on.</summary>
    internal sealed class Running : IDisposable
    {
        private readonly Process _process;
        private readonly StringBuilder _text = new();
        private readonly List<(string Words, TaskCompletionSource Heard)> _awaited = [];

        public Running(Process process)
        {
            _process = process;
            process.OutputDataReceived += (_, line) => Hear(line.Data);
            process.ErrorDataReceived += (_, line) => Hear(line.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        /// <summary>Waits until it has said the words; one that ends before is a failure that shows what it said instead.</summary>
        public async Task HearsAsync(string words)
        {
            var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_text)
            {
                if (_text.ToString().Contains(words, StringComparison.Ordinal))
                    return;
                _awaited.Add((words, heard));
            }

            var ended = _process.WaitForExitAsync(TestContext.Current.CancellationToken);
            await Task.WhenAny(heard.Task, ended).WaitAsync(Patience, TestContext.Current.CancellationToken);
            lock (_text)
                _text.ToString().ShouldContain(words);
        }

        /// <summary>Sends a signal to the process that was started: build.sh becomes the program.</summary>
        public void Signal(string name)
        {
            using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
            kill.WaitForExit();
        }

        public async Task<Said> EndAsync()
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            patience.CancelAfter(Patience);
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException error) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                lock (_text)
                    throw new TimeoutException($"Not ended after {Patience}; it said: {_text}", error);
            }

            lock (_text)
                return new Said(_process.ExitCode, _text.ToString());
        }

        public void Dispose()
        {
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
            _process.Dispose();
        }

        private void Hear(string? line)
        {
            lock (_text)
            {
                _text.AppendLine(line);
                foreach (var (_, heard) in _awaited.Where(awaited => line?.Contains(awaited.Words, StringComparison.Ordinal) == true))
                    heard.TrySetResult();
            }
        }
    }
}

/// <summary>How a run ended, and everything it said.</summary>
internal sealed record Said(int ExitCode, string Text);
