namespace Nuke.Common.Parameters;

/// <summary>The values of this process's parameters.</summary>
internal static class ParameterValues
{
    public static ParameterSources Sources { get; } = new(EnvironmentInfo.CommandLine, () => EnvironmentInfo.Variables);

    /// <summary>The value of a parameter by its name.</summary>
    public static T? Get<T>(string name, char? separator = null) => (T?)Sources.Get(name, new ValueShape(typeof(T), separator));
}
