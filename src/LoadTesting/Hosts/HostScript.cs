namespace LoadTesting.Hosts;

/// <summary>A shell script of ours for hosts, from its file in this assembly.</summary>
/// <param name="file">The file's name.</param>
public sealed class HostScript(string file)
{
    /// <summary>The file's text.</summary>
    public string Text { get; } = Read(file);

    /// <summary>The script with its arguments. They stand in front of it, in the same text: no process list shows them.</summary>
    public string With(params IEnumerable<string> arguments) => $"set -- {string.Join(' ', arguments.Select(ShellWords.Quote))}\n{Text}";

    private static string Read(string file)
    {
        using var reader = new StreamReader(typeof(HostScript).Assembly.GetManifestResourceStream(file)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
