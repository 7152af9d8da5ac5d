using System.Runtime.CompilerServices;

namespace Tests.Shared;

/// <summary>The checkout that the tests were compiled in.</summary>
internal static class Checkout
{
    /// <summary>Its folder.</summary>
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    /// <summary>A path in it.</summary>
    public static string At(params ReadOnlySpan<string> parts) => Path.Combine([Folder, .. parts]);

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
