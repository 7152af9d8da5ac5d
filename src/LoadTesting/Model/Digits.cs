using System.Numerics;

namespace LoadTesting.Model;

/// <summary>Whole numbers as programs write them: digits and nothing else.</summary>
internal static class Digits
{
    /// <summary>The number; null when the text is none, or too large for the type.</summary>
    public static T? Number<T>(string? text)
        where T : struct, INumberBase<T> =>
        T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
