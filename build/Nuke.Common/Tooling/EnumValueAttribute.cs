namespace Nuke.Common.Tooling;

/// <summary>The text of a value of an enum where others read it.</summary>
/// <param name="value">The text.</param>
[AttributeUsage(AttributeTargets.Field)]
internal sealed class EnumValueAttribute(string value) : Attribute
{
    /// <summary>The text.</summary>
    public string Value { get; } = value;
}

/// <summary>Reads <see cref="EnumValueAttribute"/>.</summary>
internal static class EnumerationExtensions
{
    /// <summary>The text of the value.</summary>
    public static string GetValue<T>(this T value)
        where T : struct, Enum =>
        typeof(T).GetField(value.ToString())!.GetCustomAttribute<EnumValueAttribute>()!.Value;
}
