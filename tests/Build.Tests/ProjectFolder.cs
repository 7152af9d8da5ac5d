using System.Reflection;

namespace BuildTests;

/// <summary>Where the sources of these tests are.</summary>
internal static class ProjectFolder
{
    public static string Path { get; } = typeof(ProjectFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "ProjectDirectory").Value!;

    public static string Repository { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(Path, "../.."));

    public static string Of(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);
}
