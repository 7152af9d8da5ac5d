using Nuke.Common.Execution;
using Nuke.Common.IO;

namespace Nuke.Common.CI;

/// <summary>Generates a configuration file of a build server.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class ConfigurationAttributeBase : Attribute
{
    /// <summary>The build that has the attribute.</summary>
    public INukeBuild Build { get; internal set; } = null!;

    /// <summary>Whether local builds keep the file up to date.</summary>
    public bool AutoGenerate { get; set; } = true;

    /// <summary>The host that reads the file.</summary>
    public abstract Type HostType { get; }

    /// <summary>What tells this file from others of the host.</summary>
    public virtual string IdPostfix => string.Empty;

    /// <summary>The name for <c>--generate-configuration</c>.</summary>
    public string Id => IdPostfix.Length > 0 ? $"{HostType.Name}_{IdPostfix}" : HostType.Name;

    /// <summary>The name in messages.</summary>
    public string DisplayName => IdPostfix.Length > 0 ? $"{HostType.Name} ({IdPostfix})" : HostType.Name;

    /// <summary>The file.</summary>
    public abstract AbsolutePath ConfigurationFile { get; }

    /// <summary>The text of the file.</summary>
    internal abstract string Generate(IReadOnlyList<ExecutableTarget> targets);
}
