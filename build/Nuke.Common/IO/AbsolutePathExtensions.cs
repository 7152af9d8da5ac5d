namespace Nuke.Common.IO;

/// <summary>What the engine does with the file or directory at a path.</summary>
internal static class AbsolutePathExtensions
{
    /// <summary>Makes the directory and those above it.</summary>
    public static AbsolutePath CreateDirectory(this AbsolutePath path)
    {
        Directory.CreateDirectory(path);
        return path;
    }

    /// <summary>Writes the text, which ends with a line break, to the file; makes its directory.</summary>
    public static AbsolutePath WriteAllText(this AbsolutePath path, string content)
    {
        path.Parent?.CreateDirectory();
        File.WriteAllText(path, content.EndsWith('\n') ? content : content + Environment.NewLine);
        return path;
    }

    /// <summary>Writes the text unless the file has it already.</summary>
    /// <returns>Whether it was written.</returns>
    public static bool Update(this AbsolutePath path, string content)
    {
        if (File.Exists(path) && File.ReadAllText(path) == content)
            return false;

        path.WriteAllText(content);
        return true;
    }
}
