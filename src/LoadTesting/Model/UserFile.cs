namespace LoadTesting.Model;

/// <summary>A file that the operator names.</summary>
internal static class UserFile
{
    /// <summary>Its path, with <c>~</c> for the home directory.</summary>
    public static string Expanded(string path, string home) =>
        path.StartsWith("~/", Ordinal) ? Path.Combine(home, path[2..]) : path;

    /// <summary>Why there is no such file, for messages.</summary>
    public static string Missing(string path) => Directory.Exists(path) ? "which is a folder" : "which does not exist";

    /// <summary>What is in it.</summary>
    /// <exception cref="LoadTestException">It cannot be read.</exception>
    public static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw LoadTestException.Invalid($"'{path}' cannot be read: {error.Message}");
        }
    }
}
