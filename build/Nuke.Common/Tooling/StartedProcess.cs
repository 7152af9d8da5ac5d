using System.Collections.Concurrent;
using System.Diagnostics;

namespace Nuke.Common.Tooling;

/// <summary>A process of the operating system whose output is collected line by line.</summary>
internal sealed class StartedProcess : IProcess
{
    private readonly Process _process;
    private readonly Func<string, string> _outputFilter;
    private readonly int? _timeout;
    private readonly ConcurrentQueue<Output> _output = new();

    /// <summary>Starts it.</summary>
    /// <param name="startInfo">What to start.</param>
    /// <param name="timeout">How long to wait for its end, in milliseconds; null: for ever.</param>
    /// <param name="logger">Hears each line; may be null.</param>
    /// <param name="outputFilter">Changes each line before anyone sees it.</param>
    public StartedProcess(ProcessStartInfo startInfo, int? timeout, Action<OutputType, string>? logger, Func<string, string> outputFilter)
    {
        (_timeout, _outputFilter) = (timeout, outputFilter);
        _process = new Process { StartInfo = startInfo };
        _process.OutputDataReceived += (_, e) => Add(OutputType.Std, e.Data);
        _process.ErrorDataReceived += (_, e) => Add(OutputType.Err, e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        void Add(OutputType type, string? line)
        {
            if (line is null)
                return;
            var text = outputFilter(line);
            _output.Enqueue(new Output { Type = type, Text = text });
            logger?.Invoke(type, text);
        }
    }

    public string FileName => _process.StartInfo.FileName;

    public string Arguments => _outputFilter(_process.StartInfo.Arguments);

    public string WorkingDirectory => _process.StartInfo.WorkingDirectory;

    public IReadOnlyCollection<Output> Output => _output;

    public int ExitCode => _process.ExitCode;

    public bool HasExited => _process.HasExited;

    public int Id => _process.Id;

    public void Dispose() => _process.Dispose();

    public void Kill() => _process.Kill();

    public bool WaitForExit()
    {
        var exited = _process.WaitForExit(_timeout ?? Timeout.Infinite);
        if (exited)
            // Without a limit it waits for the end of the output as well.
            _process.WaitForExit();
        else
            _process.Kill();
        return exited;
    }
}
