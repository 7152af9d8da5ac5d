using System.Collections.Concurrent;
using System.Diagnostics;

namespace Nuke.Common.Tooling;

/// <summary>A process of the operating system whose output is told line by line.</summary>
internal sealed class StartedProcess : IProcess
{
    private readonly Process _process;
    private readonly Func<string, string> _filter;

    /// <summary>Starts it.</summary>
    /// <param name="startInfo">What to start.</param>
    /// <param name="logger">Hears each line.</param>
    /// <param name="filter">Changes each line before anyone sees it.</param>
    public StartedProcess(ProcessStartInfo startInfo, Action<OutputType, string> logger, Func<string, string> filter)
    {
        _filter = filter;
        _process = new Process { StartInfo = startInfo };
        _process.OutputDataReceived += (_, e) => Hear(OutputType.Std, e.Data);
        _process.ErrorDataReceived += (_, e) => Hear(OutputType.Err, e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        void Hear(OutputType type, string? line)
        {
            if (line is null)
                return;
            var text = filter(line);
            if (type == OutputType.Err)
                Errors.Enqueue(text);
            logger(type, text);
        }
    }

    /// <summary>What it has written to its standard error.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    public string FileName => _process.StartInfo.FileName;

    public string Arguments => _filter(_process.StartInfo.Arguments);

    public string WorkingDirectory => _process.StartInfo.WorkingDirectory;

    public int ExitCode => _process.ExitCode;

    public void WaitForExit() => _process.WaitForExit();
}
