using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;

namespace Nuke.Common.Tooling;

/// <summary>The base of classes whose static fields are the only values, each with a text.</summary>
public abstract class Enumeration
{
    /// <summary>The text of the value; its field has the name.</summary>
    protected string? Value { get; set; }

    /// <summary>The text of the value.</summary>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "ToString is it")]
    public static implicit operator string?(Enumeration? value) => value?.Value;

    /// <summary>Whether both are the same value.</summary>
    public static bool operator ==(Enumeration? a, Enumeration? b) => Equals(a, b);

    /// <summary>Whether the values differ.</summary>
    public static bool operator !=(Enumeration? a, Enumeration? b) => !Equals(a, b);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj?.GetType() == GetType() && ((Enumeration)obj).Value == Value;

    /// <inheritdoc/>
    public override int GetHashCode() => Value?.GetHashCode(StringComparison.Ordinal) ?? 0;

    /// <inheritdoc/>
    public override string ToString() => Value.NotNull();

    /// <summary>Finds a value by the name of its field; case does not matter.</summary>
    public class TypeConverter<T> : TypeConverter
    {
        /// <inheritdoc/>
        public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
            sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

        /// <inheritdoc/>
        public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) => typeof(T)
            .GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            .Single(field => field.Name.Equals((string)value, StringComparison.OrdinalIgnoreCase))
            .GetValue(null);
    }
}
