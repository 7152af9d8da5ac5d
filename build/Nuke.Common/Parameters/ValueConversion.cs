using System.ComponentModel;

namespace Nuke.Common.Parameters;

/// <summary>What a parameter's words are to become.</summary>
/// <param name="Type">The type of the value; an array takes several words.</param>
/// <param name="Separator">What separates the elements of an array within one word; null when nothing does.</param>
internal readonly record struct ValueShape(Type Type, char? Separator = null);

/// <summary>Turns the words of a command line or a variable into values.</summary>
internal static class ValueConversion
{
    /// <summary>Converts the text of a variable. Blank text is no word.</summary>
    public static object? FromText(string text, ValueShape shape, bool booleanDefault) =>
        FromWords([.. Split(text, shape.Separator).Where(word => !string.IsNullOrWhiteSpace(word))], shape.Type, booleanDefault);

    /// <summary>
    /// Converts words. No word at all is <paramref name="booleanDefault"/> to a switch, an empty array to an array and null to the rest.
    /// </summary>
    public static object? FromWords(IReadOnlyList<string> words, Type type, bool booleanDefault)
    {
        var elementType = type.IsArray ? type.GetElementType()! : type;
        var values = words.Select(word => FromWord(word, elementType)).ToList();
        if (type.IsArray)
            return ToArray(values, elementType);
        if (values.Count == 0)
            return type == typeof(bool) || type == typeof(bool?) ? booleanDefault : null;

        Assert.True(values.Count == 1, $"Value [ {string.Join(", ", words)} ] cannot be assigned to '{DisplayNames.Of(type)}'");
        return values[0];
    }

    /// <summary>Converts one word by the type's <see cref="TypeConverter"/>.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "a converter throws what its author liked")]
    public static object? FromWord(string word, Type type)
    {
        if (type.IsInstanceOfType(word))
            return word;

        try
        {
            return TypeDescriptor.GetConverter(type).ConvertFromInvariantString(word);
        }
        catch (Exception)
        {
            Assert.Fail($"Value '{word}' could not be converted to '{DisplayNames.Of(type)}'");
            return null;
        }
    }

    /// <summary>An array of the element type.</summary>
    public static Array ToArray(IReadOnlyList<object?> values, Type elementType)
    {
        var array = Array.CreateInstance(elementType, values.Count);
        for (var i = 0; i < values.Count; i++)
            array.SetValue(values[i], i);
        return array;
    }

    /// <summary>What a type has when nobody gave it a value.</summary>
    public static object? DefaultOf(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;

    /// <summary>The type that can also be null.</summary>
    /// <remarks>An interface cannot be a parameter's type: this throws, and NUKE warns that it could not inject the value.</remarks>
    public static Type Nullable(Type type) =>
        type.IsClass || System.Nullable.GetUnderlyingType(type) is not null ? type : typeof(Nullable<>).MakeGenericType(type);

    public static IReadOnlyList<string> Split(string text, char? separator) => separator is { } character ? text.Split(character) : [text];
}
