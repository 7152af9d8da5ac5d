using Nuke.Common.Execution;
using Nuke.Common.IO;

namespace Nuke.Common.Parameters;

/// <summary>
/// Writes <c>.nuke/build.schema.json</c>, from which editors complete, and <c>.nuke/parameters.json</c> when it is missing.
/// </summary>
internal static class SchemaFile
{
    private const string Name = "build.schema.json";

    public static void Update(NukeBuild build)
    {
        if (!BuildLocation.HasProject)
            return;

        var directory = NukeBuild.RootDirectory / ".nuke";
        (directory / Name).Update(ParameterSchema.Of(build) + Environment.NewLine);
        var parameters = directory / ParameterFiles.NameOf(string.Empty);
        if (!File.Exists(parameters))
            parameters.WriteAllText(string.Join(Environment.NewLine, "{", $"  \"$schema\": \"./{Name}\"", "}"));
    }
}
