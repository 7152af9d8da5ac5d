using Nuke.Common.Parameters;

namespace Nuke.Common.Execution.Extensions;

/// <summary>Gives the parameters of the build their values.</summary>
internal sealed class InjectParameterValues(NukeBuild build) : IOnBuildCreated
{
    public float Priority => 100;

    public void OnBuildCreated(IReadOnlyCollection<ExecutableTarget> executableTargets) =>
        MemberInjection.Inject(build, attribute => attribute.GetType() == typeof(ParameterAttribute));
}

/// <summary>Gives the other members with an injection attribute their values, when it is known what runs.</summary>
internal sealed class InjectNonParameterValues(NukeBuild build) : IOnBuildInitialized
{
    public float Priority => -100;

    public void OnBuildInitialized(
        IReadOnlyCollection<ExecutableTarget> executableTargets, IReadOnlyCollection<ExecutableTarget> executionPlan) =>
        MemberInjection.Inject(build, attribute => attribute.GetType() != typeof(ParameterAttribute));
}
