using System.Reflection;
using Nuke.Common.CI;
using Nuke.Common.Execution.Extensions;

namespace Nuke.Common.Execution;

/// <summary>Those who listen to a build: the engine's own parts and the attributes on the build's class.</summary>
internal static class BuildExtensions
{
    /// <summary>The extensions of a build in the order in which they are told.</summary>
    public static IReadOnlyList<IBuildExtension> Of(NukeBuild build)
    {
        var attributes = build.GetType().GetCustomAttributes<BuildExtensionAttributeBase>().ToList();
        attributes.ForEach(attribute => attribute.Build = build);
        IBuildExtension[] engine =
        [
            new ArgumentsFromParametersFile(build),
            new InjectParameterValues(build),
            new HandleShellCompletion(build),
            new GenerateBuildServerConfigurations(build),
            new InvokeBuildServerConfigurationGeneration(build),
            new HandlePlanRequests(build),
            new HandleHelpRequests(build),
            new InjectNonParameterValues(build),
            new EventInvoker(build),
        ];
        return [.. attributes.Concat(engine).OrderByDescending(extension => extension.Priority)];
    }

    /// <summary>The name by which the log calls an extension.</summary>
    public static string NameOf(IBuildExtension extension)
    {
        const string suffix = nameof(Attribute);
        var name = extension.GetType().Name;
        return name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name;
    }
}
