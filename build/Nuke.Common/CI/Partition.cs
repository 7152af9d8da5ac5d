using System.ComponentModel;
using System.Globalization;

namespace Nuke.Common.CI;

/// <summary>The part of a partitioned target that runs here.</summary>
[TypeConverter(typeof(TypeConverter))]
public class Partition
{
    /// <summary>All of it.</summary>
    public static Partition Single { get; } = new() { Part = 1, Total = 1 };

    /// <summary>Which part, from 1.</summary>
    public int Part { get; set; }

    /// <summary>How many parts there are.</summary>
    public int Total { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"{Part}/{Total}";

    /// <summary>Reads <c>1/2</c>.</summary>
    public class TypeConverter : System.ComponentModel.TypeConverter
    {
        /// <inheritdoc/>
        public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
            sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

        /// <inheritdoc/>
        public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value)
        {
            var parts = ((string)value).Split('/');
            return new Partition { Part = int.Parse(parts[0], CultureInfo.InvariantCulture), Total = int.Parse(parts[1], CultureInfo.InvariantCulture) };
        }
    }
}
