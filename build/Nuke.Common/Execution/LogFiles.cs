using Nuke.Common.IO;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Display;

namespace Nuke.Common.Execution;

/// <summary>
/// The log files of a local build: <c>build.log</c> of this run, and one with its time in the name that is kept for a while.
/// </summary>
internal static class LogFiles
{
    private const int Kept = 5;

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "the logger disposes of its sinks")]
    public static void Configure(LoggerConfiguration configuration, AbsolutePath directory)
    {
        foreach (var old in Directory.GetFiles(directory, "build.*.log").OrderDescending(StringComparer.Ordinal).Skip(Kept))
            File.Delete(old);

        var started = TimeProvider.System.GetLocalNow().ToString("yyyy-MM-dd_HH-mm-ss");
        configuration
            .WriteTo.Sink(new FileSink(directory / "build.log", "{Timestamp:HH:mm:ss.fff} | "))
            .WriteTo.Sink(new FileSink(directory / $"build.{started}.log", string.Empty));
    }

    private sealed class FileSink(string path, string prefix) : ILogEventSink, IDisposable
    {
        private readonly Lock _oneAtATime = new();
        private readonly MessageTemplateTextFormatter _formatter =
            new(prefix + "{Level:u1} | {ExecutingTarget,-20} | {Message:l}{NewLine}{Exception}");

        // Others may read it, and a run that goes on may still write it.
        private readonly StreamWriter _writer = new(
            new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite),
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

        public void Emit(LogEvent logEvent)
        {
            lock (_oneAtATime)
            {
                if (_writer.BaseStream is not { CanWrite: true })
                    return;
                _formatter.Format(logEvent, _writer);
                _writer.Flush();
            }
        }

        public void Dispose()
        {
            lock (_oneAtATime)
                _writer.Dispose();
        }
    }
}
