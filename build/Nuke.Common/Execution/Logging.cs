using System.Collections.Concurrent;
using Nuke.Common.Execution.Theming;
using Serilog.Core;
using Serilog.Events;

namespace Nuke.Common.Execution;

/// <summary>Where log events go: the console, the host, the list at the end, and the files under <c>.nuke/temp</c>.</summary>
internal static class Logging
{
    private const string TargetProperty = "ExecutingTarget";
    private const int TargetWidth = 20;

    // What the console shows.
    private static readonly LoggingLevelSwitch LevelSwitch = new();

    // The warnings and errors so far.
    private static readonly ConcurrentQueue<LogEvent> Troubles = new();

    private static string _target = string.Empty;

    public static Verbosity Verbosity
    {
        get => LevelSwitch.MinimumLevel switch
        {
            LogEventLevel.Verbose => Verbosity.Verbose,
            LogEventLevel.Warning => Verbosity.Minimal,
            LogEventLevel.Error => Verbosity.Quiet,
            _ => Verbosity.Normal,
        };
        set => LevelSwitch.MinimumLevel = value switch
        {
            Verbosity.Verbose => LogEventLevel.Verbose,
            Verbosity.Minimal => LogEventLevel.Warning,
            Verbosity.Quiet => LogEventLevel.Error,
            _ => LogEventLevel.Debug,
        };
    }

    public static void Configure(NukeBuild build)
    {
        var host = NukeBuild.Host;
        var line = new LogLine(withTime: build.IsOutputEnabled(DefaultOutput.Timestamps), withTarget: false);
        var configuration = new LoggerConfiguration()
            .MinimumLevel.Verbose()
            .Enrich.With<TargetEnricher>()
            .WriteTo.Sink(new HostSink(host), LogEventLevel.Warning)
            .WriteTo.Sink(new ConsoleSink(host.Theme, line), levelSwitch: LevelSwitch)
            .WriteTo.Sink(new MemorySink(), LogEventLevel.Warning);
        if (!host.IsBuildServer)
            LogFiles.Configure(configuration, NukeBuild.TemporaryDirectory);
        Log.Logger = configuration.CreateLogger();
    }

    /// <summary>Names the target in what is logged until the result is disposed of.</summary>
    public static IDisposable EnterTarget(string name)
    {
        var before = _target;
        _target = name[..Math.Min(name.Length, TargetWidth)];
        return new Host.Block(() => _target = before);
    }

    public static string TargetOf(LogEvent logEvent) =>
        logEvent.Properties.GetValueOrDefault(TargetProperty) is ScalarValue { Value: string target } ? target : string.Empty;

    /// <summary>
    /// Writes the warnings and errors again, with their targets. What is logged from here on looks the same and reaches the console only.
    /// </summary>
    public static void RepeatErrorsAndWarnings()
    {
        if (Troubles.IsEmpty)
            return;

        using var block = NukeBuild.Host.WriteBlock("Errors & Warnings");
        Log.CloseAndFlush();
        var line = new LogLine(withTime: false, withTarget: true);
        Log.Logger = new LoggerConfiguration().WriteTo.Sink(new ConsoleSink(NukeBuild.Host.Theme, line)).CreateLogger();
        foreach (var logEvent in Troubles.Where(logEvent => logEvent.MessageTemplate.Text.Length > 0))
            Log.Write(logEvent);
    }

    private static LogEventProperty CurrentTarget() => new(TargetProperty, new ScalarValue(_target));

    private sealed class MemorySink : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => Troubles.Enqueue(logEvent);
    }

    private sealed class TargetEnricher : ILogEventEnricher
    {
        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) => logEvent.AddOrUpdateProperty(CurrentTarget());
    }

    private sealed class ConsoleSink(ConsoleTheme theme, LogLine line) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => theme.Write(line.Format(logEvent));
    }

    private sealed class HostSink(Host host) : ILogEventSink
    {
        public void Emit(LogEvent logEvent)
        {
            if (logEvent.Level == LogEventLevel.Warning)
                host.ReportWarning(logEvent.RenderMessage());
            else
                host.ReportError(logEvent.RenderMessage());
        }
    }
}
