using System.Reflection;
using Nuke.Common.Execution;
using Nuke.Common.IO;
using Nuke.Common.Parameters;
using Serilog;

namespace Nuke.Common.CI;

/// <summary>Generates the one configuration file that was asked for, and ends the program.</summary>
internal sealed class GenerateBuildServerConfigurations(NukeBuild build) : IOnBuildCreated
{
    public float Priority => 50;

    /// <summary>The attributes of a build.</summary>
    public static IEnumerable<ConfigurationAttributeBase> Of(NukeBuild build) =>
        build.GetType().GetCustomAttributes<ConfigurationAttributeBase>().Select(attribute =>
        {
            attribute.Build = build;
            return attribute;
        });

    public void OnBuildCreated(IReadOnlyCollection<ExecutableTarget> executableTargets)
    {
        if (ParameterValues.Get<string>(ParameterNames.GenerateConfiguration) is not { } id)
            return;

        var configuration = Of(build).SingleOrDefault(attribute => attribute.Id == id).NotNull("generator != null");
        configuration.ConfigurationFile.WriteAllText(configuration.Generate([.. executableTargets]));
        Environment.Exit(0);
    }
}

/// <summary>Keeps the configuration files up to date in local builds, and says so when they were not.</summary>
internal sealed class InvokeBuildServerConfigurationGeneration(NukeBuild build) : IOnBuildCreated
{
    public float Priority => 45;

    public void OnBuildCreated(IReadOnlyCollection<ExecutableTarget> executableTargets)
    {
        if (NukeBuild.IsServerBuild)
            return;

        var configurations = GenerateBuildServerConfigurations.Of(build).Where(attribute => attribute.AutoGenerate).ToList();
        var changed = configurations.Count(configuration => Update(configuration, [.. executableTargets]));
        if (changed == 0 || ((INukeBuild)build).Help || Console.IsInputRedirected)
            return;

        Host.Information("Press any key to continue ...");
        Console.ReadKey();
    }

    private static bool Update(ConfigurationAttributeBase configuration, IReadOnlyList<ExecutableTarget> targets)
    {
        var text = configuration.Generate(targets);
        var file = configuration.ConfigurationFile;
        if (file.FileExists() && file.ReadAllText() == text)
            return false;

        file.WriteAllText(text);
        Log.Warning("Configuration files for {Configuration} have changed.", configuration.DisplayName);
        Log.Verbose("Updated {File}", Path.GetRelativePath(NukeBuild.RootDirectory, file));
        return true;
    }
}
