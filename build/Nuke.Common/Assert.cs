using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Nuke.Common;

/// <summary>Checks that end the running target, or the build, with a message.</summary>
public static class Assert
{
    /// <summary>Fails with the message.</summary>
    /// <exception cref="Exception">Always.</exception>
    [DoesNotReturn]
    [SuppressMessage("Usage", "CA2201:Do not raise reserved exception types", Justification = "NUKE throws System.Exception, and prints its name")]
    public static void Fail(string message, Exception? exception = null) => throw new Exception(message, exception);

    /// <summary>Fails unless the condition holds.</summary>
    /// <exception cref="ArgumentException">It does not hold.</exception>
    public static void True(
        [DoesNotReturnIf(false)] bool condition,
        string? message = null,
        [CallerArgumentExpression(nameof(condition))] string? argumentExpression = null) =>
        Check(condition, message, "Expected condition to be true", argumentExpression);

    /// <summary>Fails if the condition holds.</summary>
    /// <exception cref="ArgumentException">It holds.</exception>
    public static void False(
        [DoesNotReturnIf(true)] bool condition,
        string? message = null,
        [CallerArgumentExpression(nameof(condition))] string? argumentExpression = null) =>
        Check(!condition, message, "Expected condition to be false", argumentExpression);

    /// <summary>Returns the object, fails if it is null.</summary>
    /// <exception cref="ArgumentException">It is null.</exception>
    public static T NotNull<T>(
        [NotNull] this T? obj,
        string? message = null,
        [CallerArgumentExpression(nameof(obj))] string? argumentExpression = null)
        where T : class
    {
        Check(obj is not null, message, $"Expected object of type '{typeof(T).FullName}' to be not null", argumentExpression);
        return obj;
    }

    /// <summary>Returns the text, fails if it is null or empty.</summary>
    /// <exception cref="ArgumentException">It is null or empty.</exception>
    public static string NotNullOrEmpty(
        [NotNull] this string? str,
        string? message = null,
        [CallerArgumentExpression(nameof(str))] string? argumentExpression = null)
    {
        Check(!string.IsNullOrEmpty(str), message, "Expected string to be not null or empty", argumentExpression);
        return str;
    }

    /// <summary>Fails unless the file exists.</summary>
    /// <exception cref="ArgumentException">There is no such file.</exception>
    public static void FileExists(
        string? path,
        string? message = null,
        [CallerArgumentExpression(nameof(path))] string? argumentExpression = null) =>
        Check(File.Exists(path), message, $"Expected file to exist: {path}", argumentExpression);

    /// <summary>Fails unless the directory exists.</summary>
    /// <exception cref="ArgumentException">There is no such directory.</exception>
    public static void DirectoryExists(
        string? path,
        string? message = null,
        [CallerArgumentExpression(nameof(path))] string? argumentExpression = null) =>
        Check(Directory.Exists(path), message, $"Expected directory to exist: {path}", argumentExpression);

    // A message of the caller's own stands alone; ours says which expression it is about.
    private static void Check([DoesNotReturnIf(false)] bool holds, string? message, string otherwise, string? argumentExpression)
    {
        if (!holds)
            throw new ArgumentException(message ?? otherwise, message is null ? argumentExpression : null);
    }
}
