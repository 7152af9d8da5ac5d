using System.Reflection;
using Nuke.Common.IO;
using Nuke.Common.Parameters;

namespace Nuke.Common.Execution;

/// <summary>Where a build stands: its root directory, its assembly and its project.</summary>
internal static class BuildLocation
{
    /// <summary>The directory that <c>--root</c> names, the working directory for a bare <c>--root</c>, else the nearest parent with <c>.nuke</c>.</summary>
    public static AbsolutePath FindRoot()
    {
        if (ParameterValues.Get<AbsolutePath>(ParameterNames.Root) is { } root)
            return root;
        if (ParameterValues.Get<bool>(ParameterNames.Root))
            return EnvironmentInfo.WorkingDirectory;

        return FindMarked(EnvironmentInfo.WorkingDirectory).NotNull(string.Join(
            Environment.NewLine,
            $"Could not locate '.nuke' directory/file while walking up from '{EnvironmentInfo.WorkingDirectory}'.",
            "Either create a directory/file to mark the root directory, or add '--root [path]' to the invocation."));
    }

    /// <summary>The assembly whose <c>Main</c> runs; null when that is not a build, as in a test.</summary>
    public static AbsolutePath? FindAssembly() =>
        Assembly.GetEntryAssembly() is { } entry && entry.GetTypes().Any(type => type.IsSubclassOf(typeof(NukeBuild)))
            // Empty for a program published as a single file.
            ? entry.Location.Length > 0 ? entry.Location : Environment.ProcessPath
            : null;

    /// <summary>The only project file of the nearest directory, from the assembly's own upwards, that has one.</summary>
    public static AbsolutePath? FindProject(AbsolutePath? directory)
    {
        for (; directory is not null; directory = directory.Parent)
        {
            var projects = Directory.GetFiles(directory, "*.csproj");
            Assert.True(projects.Length < 2, $"Found multiple project files in '{directory}'.");
            if (projects.Length == 1)
                return projects[0];
        }

        return null;
    }

    // ~/.nuke holds NUKE's own files and marks nothing.
    private static AbsolutePath? FindMarked(AbsolutePath directory)
    {
        var marked = directory;
        while (marked is not null && !(marked / ".nuke").DirectoryExists())
            marked = marked.Parent;
        return marked == Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) ? null : marked;
    }
}
