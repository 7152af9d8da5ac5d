using Nuke.Common.IO;
using Nuke.Common.Parameters;

namespace Nuke.Common.Execution;

/// <summary>Where a build stands.</summary>
internal static class BuildLocation
{
    /// <summary>Whether the build is one of a project, and not a program that was packed: a directory above its program has one.</summary>
    public static bool HasProject
    {
        get
        {
            AbsolutePath? directory = AppContext.BaseDirectory;
            while (directory is not null && Directory.GetFiles(directory, "*.csproj").Length == 0)
                directory = directory.Parent;
            return directory is not null;
        }
    }

    /// <summary>
    /// The directory that <c>--root</c> names, the working directory for a bare <c>--root</c>, else the nearest parent with <c>.nuke</c>.
    /// </summary>
    public static AbsolutePath FindRoot()
    {
        if (ParameterValues.Get<AbsolutePath>(ParameterNames.Root) is { } root)
            return root;
        AbsolutePath directory = Environment.CurrentDirectory;
        if (ParameterValues.Get<bool>(ParameterNames.Root))
            return directory;

        return FindMarked(directory).NotNull(string.Join(
            Environment.NewLine,
            $"Could not locate '.nuke' directory/file while walking up from '{directory}'.",
            "Either create a directory/file to mark the root directory, or add '--root [path]' to the invocation."));
    }

    // ~/.nuke holds NUKE's own files and marks nothing.
    private static AbsolutePath? FindMarked(AbsolutePath directory)
    {
        var marked = directory;
        while (marked is not null && !Directory.Exists(marked / ".nuke"))
            marked = marked.Parent;
        return marked == Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) ? null : marked;
    }
}
