using System.Runtime.CompilerServices;

namespace Nuke.Common;

/// <summary>Checks of the engine, with the words and exceptions of NUKE.</summary>
internal static class Assert
{
    /// <summary>Fails with the message.</summary>
    /// <exception cref="Exception">Always.</exception>
    [DoesNotReturn]
    [SuppressMessage("Usage", "CA2201:Do not raise reserved exception types",
        Justification = "NUKE throws System.Exception, and prints its name")]
    public static void Fail(string message) => throw new Exception(message);

    /// <summary>Fails unless the condition holds.</summary>
    /// <exception cref="ArgumentException">It does not hold.</exception>
    public static void True([DoesNotReturnIf(false)] bool condition, string message)
    {
        if (!condition)
            throw new ArgumentException(message, (string?)null);
    }

    /// <summary>Returns the object, fails if it is null.</summary>
    /// <exception cref="ArgumentException">It is null.</exception>
    public static T NotNull<T>(
        [NotNull] this T? obj,
        string? message = null,
        [CallerArgumentExpression(nameof(obj))] string? argumentExpression = null)
        where T : class =>
        obj ?? throw new ArgumentException(
            message ?? $"Expected object of type '{typeof(T).FullName}' to be not null", message is null ? argumentExpression : null);

    /// <summary>Fails unless the file exists.</summary>
    /// <exception cref="ArgumentException">There is no such file.</exception>
    public static void FileExists(string path, [CallerArgumentExpression(nameof(path))] string? argumentExpression = null)
    {
        if (!File.Exists(path))
            throw new ArgumentException($"Expected file to exist: {path}", argumentExpression);
    }
}
