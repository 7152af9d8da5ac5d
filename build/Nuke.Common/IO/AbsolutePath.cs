using System.ComponentModel;
using System.Globalization;

namespace Nuke.Common.IO;

/// <summary>An absolute path of a file or directory, normalised: no <c>..</c>, no separator at the end.</summary>
[TypeConverter(typeof(TypeConverter))]
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "NUKE's has none")]
public sealed class AbsolutePath : IEquatable<AbsolutePath>
{
    private readonly string _path;

    private AbsolutePath(string path)
    {
        Assert.True(Path.IsPathRooted(path), $"Path '{path}' must be rooted");
        _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
    }

    /// <summary>The name of the file or directory.</summary>
    internal string Name => Path.GetFileName(_path);

    /// <summary>The directory it is in; null for the root of the file system.</summary>
    internal AbsolutePath? Parent => Path.GetDirectoryName(_path);

    /// <summary>The path of a text that is one.</summary>
    /// <exception cref="ArgumentException">The text is not rooted.</exception>
    [return: NotNullIfNotNull(nameof(path))]
    public static implicit operator AbsolutePath?(string? path) => path is null ? null : new(path);

    /// <summary>The path as text.</summary>
    [return: NotNullIfNotNull(nameof(path))]
    public static implicit operator string?(AbsolutePath? path) => path?._path;

    /// <summary>The path of something in a directory.</summary>
    public static AbsolutePath operator /(AbsolutePath left, string? right) => new(Path.Join(left._path, right));

    /// <summary>Whether both are the same path.</summary>
    public static bool operator ==(AbsolutePath? a, AbsolutePath? b) => Equals(a, b);

    /// <summary>Whether the paths differ.</summary>
    public static bool operator !=(AbsolutePath? a, AbsolutePath? b) => !Equals(a, b);

    /// <inheritdoc/>
    public bool Equals(AbsolutePath? other) => _path == other?._path;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AbsolutePath);

    /// <inheritdoc/>
    public override int GetHashCode() => _path.GetHashCode(Ordinal);

    /// <inheritdoc/>
    public override string ToString() => _path;

    /// <summary>Reads paths, those that are not rooted from the working directory.</summary>
    private sealed class TypeConverter : System.ComponentModel.TypeConverter
    {
        public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
            sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

        public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
            new AbsolutePath(Path.GetFullPath((string)value));
    }
}
