namespace Reporting.Text;

/// <summary>A file that is written in one step: a reader sees the one before or, once it is kept, the new one; never half of it.</summary>
public sealed class WholeFile : IDisposable
{
    private readonly string _path;

    /// <summary>Begins to write; the folder is made when it does not exist.</summary>
    /// <param name="path">Where the file is to be. Beside it is <c>.part</c> until the file is kept or given up.</param>
    public WholeFile(string path)
    {
        _path = path;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        Stream = File.Create($"{path}.part");
    }

    /// <summary>What takes the content.</summary>
    public FileStream Stream { get; }

    /// <summary>Writes a file whose content is at hand.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        using var file = new WholeFile(path);
        file.Stream.Write(content);
        file.Keep();
    }

    /// <summary>Puts the file in its place.</summary>
    public void Keep()
    {
        Stream.Dispose();
        File.Move(Stream.Name, _path, overwrite: true);
    }

    /// <summary>Gives up what was not kept.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        File.Delete(Stream.Name);
    }
}
