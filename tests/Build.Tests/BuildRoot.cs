namespace BuildTests;

/// <summary>An empty root directory of a build; it goes with the test.</summary>
internal sealed class BuildRoot : IDisposable
{
    public BuildRoot()
    {
        Directory.CreateDirectory(At(".nuke"));
        Write(".nuke/parameters.json", """{ "$schema": "./build.schema.json" }""");
        Write("build.cmd", ":; exit");
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("build-root-").FullName;

    public string At(string relative) => System.IO.Path.Combine(Path, relative);

    public void Write(string relative, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(At(relative))!);
        File.WriteAllText(At(relative), text);
    }

    /// <summary>The workflows as the build of parameters generates them, so that it finds nothing to change.</summary>
    public void WriteWorkflows()
    {
        foreach (var name in new[] { "load-test.yml", "load_test_inputs.yml" })
            Write($".github/workflows/{name}", File.ReadAllText(ProjectFolder.Of("Transcripts", $"4.{name}")));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
