using Nuke.Common.Parameters;

namespace Nuke.Common.Execution.Extensions;

/// <summary>Makes the parameter files a source of values.</summary>
internal sealed class ArgumentsFromParametersFile(NukeBuild build) : IOnBuildCreated
{
    public float Priority => 150;

    public void OnBuildCreated(IReadOnlyCollection<ExecutableTarget> executableTargets) =>
        ParameterValues.Sources.Files = new(
            NukeBuild.RootDirectory,
            NukeBuild.LoadedLocalProfiles,
            [.. BuildMembers.With<ParameterAttribute>(build.GetType()).Select(x => x.Member)]);
}
