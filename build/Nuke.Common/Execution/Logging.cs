using Nuke.Common.CI;
using Nuke.Common.Execution.Theming;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Nuke.Common.Execution;

/// <summary>Where log events go: the console, the host, the list at the end, and the files under <c>.nuke/temp</c>.</summary>
public static class Logging
{
    private const string TargetProperty = "ExecutingTarget";
    private const int TargetWidth = 20;

    private static string _target = string.Empty;

    /// <summary>The least level that the console shows.</summary>
    public static LoggingLevelSwitch LevelSwitch { get; } = new();

    internal static Verbosity Verbosity
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

    internal static void Configure(NukeBuild build)
    {
        var host = NukeBuild.Host;
        var line = new LogLine(withTime: build.IsOutputEnabled(DefaultOutput.Timestamps), withTarget: false);
        var configuration = new LoggerConfiguration()
            .MinimumLevel.Verbose()
            .Enrich.With<TargetEnricher>()
            .Filter.ByExcluding(logEvent => host.FilterMessage(logEvent.MessageTemplate.Text))
            .WriteTo.Sink(new HostSink(host), LogEventLevel.Warning)
            .WriteTo.Sink(new ConsoleSink(host.Theme, line), levelSwitch: LevelSwitch)
            .WriteTo.Sink(InMemorySink.Instance, LogEventLevel.Warning);
        if (host is not IBuildServer)
            LogFiles.Configure(configuration, NukeBuild.TemporaryDirectory);
        Log.Logger = configuration.CreateLogger();
    }

    /// <summary>Names the target in what is logged until the result is disposed of.</summary>
    internal static IDisposable EnterTarget(string name)
    {
        var before = _target;
        _target = name[..Math.Min(name.Length, TargetWidth)];
        return new Host.Block(() => _target = before);
    }

    internal static string TargetOf(LogEvent logEvent) =>
        logEvent.Properties.GetValueOrDefault(TargetProperty) is ScalarValue { Value: string target } ? target : string.Empty;

    /// <summary>Writes the events again, with their targets. What is logged from here on looks the same and reaches the console only.</summary>
    internal static void Repeat(IReadOnlyCollection<LogEvent> events, ConsoleTheme theme)
    {
        Log.CloseAndFlush();
        Log.Logger = new LoggerConfiguration().WriteTo.Sink(new ConsoleSink(theme, new LogLine(withTime: false, withTarget: true))).CreateLogger();
        foreach (var logEvent in events.Where(logEvent => logEvent.MessageTemplate.Text.Length > 0))
            Log.Write(logEvent);
    }

    private static LogEventProperty CurrentTarget() => new(TargetProperty, new ScalarValue(_target));

    /// <summary>The warnings and errors so far.</summary>
    public sealed class InMemorySink : ILogEventSink
    {
        private readonly List<LogEvent> _logEvents = [];

        private InMemorySink()
        {
        }

        /// <summary>The only one.</summary>
        public static InMemorySink Instance { get; } = new();

        /// <summary>The events in the order in which they came.</summary>
        public IReadOnlyCollection<LogEvent> LogEvents
        {
            get
            {
                lock (_logEvents)
                    return [.. _logEvents];
            }
        }

        /// <inheritdoc/>
        public void Emit(LogEvent logEvent)
        {
            lock (_logEvents)
                _logEvents.Add(logEvent);
        }
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
                host.ReportWarning(logEvent.RenderMessage(), logEvent.Exception?.ToString());
            else
                host.ReportError(logEvent.RenderMessage(), logEvent.Exception?.ToString());
        }
    }
}
