using Nuke.Common.Execution;
using Nuke.Common.IO;

namespace Nuke.Common.CI;

/// <summary>Generates a configuration file of a build server.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class ConfigurationAttributeBase : Attribute
{
    /// <summary>Whether local builds keep the file up to date.</summary>
    public bool AutoGenerate { get; set; } = true;

    /// <summary>The name for <c>--generate-configuration</c>.</summary>
    internal abstract string Id { get; }

    /// <summary>The name in messages.</summary>
    internal abstract string DisplayName { get; }

    /// <summary>The file.</summary>
    internal abstract AbsolutePath ConfigurationFile { get; }

    /// <summary>The text of the file.</summary>
    internal abstract string Generate(IReadOnlyList<ExecutableTarget> targets);
}
