using Nuke.Common.IO;
using Nuke.Common.Parameters;

namespace Nuke.Common.Execution.Extensions;

/// <summary>Writes <c>.nuke/build.schema.json</c>, from which shells and editors complete, and <c>.nuke/parameters.json</c> when it is missing.</summary>
internal sealed class HandleShellCompletion(NukeBuild build) : IOnBuildCreated
{
    private const string SchemaFile = "build.schema.json";

    public float Priority => 75;

    public void OnBuildCreated(IReadOnlyCollection<ExecutableTarget> executableTargets)
    {
        if (NukeBuild.BuildProjectFile is null || ParameterValues.Get<string>(ParameterNames.GenerateConfiguration) is not null)
            return;

        var directory = NukeBuild.RootDirectory / ".nuke";
        WriteIfChanged(directory / SchemaFile, ParameterSchema.Of(build) + Environment.NewLine);
        var parameters = directory / ParameterFiles.NameOf(string.Empty);
        if (!parameters.Exists())
            parameters.WriteAllText(string.Join(Environment.NewLine, "{", $"  \"$schema\": \"./{SchemaFile}\"", "}"));
    }

    private static void WriteIfChanged(AbsolutePath file, string text)
    {
        if (!file.FileExists() || file.ReadAllText() != text)
            file.WriteAllText(text);
    }
}
