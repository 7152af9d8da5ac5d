using System.Reflection;

namespace Reporting.Tests;

/// <summary>Files that hold what is right; UPDATE_GOLDEN=1 rewrites them.</summary>
internal static class Golden
{
    public static string ProjectDirectory { get; } = typeof(Golden).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "ProjectDirectory").Value!;

    private static bool Rewrite => Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";

    public static void ShouldBeAsIn(this string actual, string path)
    {
        if (Rewrite)
        {
            File.WriteAllText(path, actual);
            return;
        }

        File.Exists(path).ShouldBeTrue($"{path} is missing: UPDATE_GOLDEN=1 writes it");
        actual.ShouldBe(File.ReadAllText(path), $"{path} differs: look at the change, then UPDATE_GOLDEN=1");
    }
}
