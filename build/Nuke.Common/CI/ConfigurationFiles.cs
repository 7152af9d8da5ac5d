using Nuke.Common.Execution;
using Nuke.Common.IO;
using Nuke.Common.Parameters;

namespace Nuke.Common.CI;

/// <summary>The files that a build writes about itself: its schema, and the configuration files of build servers.</summary>
internal static class ConfigurationFiles
{
    /// <summary>
    /// Generates the one configuration that was asked for and ends the program; else keeps up to date what a local build keeps.
    /// </summary>
    public static void Generate(NukeBuild build, IReadOnlyList<ExecutableTarget> targets)
    {
        var configurations = build.GetType().GetCustomAttributes<ConfigurationAttributeBase>().ToList();
        if (ParameterValues.Get<string>(ParameterNames.GenerateConfiguration) is { } id)
        {
            var configuration = configurations.SingleOrDefault(attribute => attribute.Id == id).NotNull("generator != null");
            configuration.ConfigurationFile.WriteAllText(configuration.Generate(targets));
            Environment.Exit(0);
        }

        SchemaFile.Update(build);
        if (NukeBuild.Host.IsBuildServer)
            return;

        var changed = configurations.Where(attribute => attribute.AutoGenerate).Count(attribute => Update(attribute, targets));
        if (changed > 0 && !build.Help && !Console.IsInputRedirected)
            ConsolePrompt.ForAnyKey();
    }

    private static bool Update(ConfigurationAttributeBase configuration, IReadOnlyList<ExecutableTarget> targets)
    {
        if (!configuration.ConfigurationFile.Update(configuration.Generate(targets)))
            return false;

        Log.Warning("Configuration files for {Configuration} have changed.", configuration.DisplayName);
        return true;
    }
}
