namespace Nuke.Common.Parameters;

/// <summary>How types and members are written in messages.</summary>
internal static class DisplayNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(bool)] = "bool",
        [typeof(string)] = "string",
    };

    /// <summary>A type as C# writes it: <c>int?</c>, <c>string[]</c>.</summary>
    public static string Of(Type type) =>
        Keywords.TryGetValue(type, out var keyword) ? keyword
        : Nullable.GetUnderlyingType(type) is { } underlying ? $"{Of(underlying)}?"
        : type.IsArray ? $"{Of(type.GetElementType()!)}[]"
        : type.Name;

    /// <summary>A member with the type that declares it.</summary>
    public static string Of(MemberInfo member) => $"{Of(member.DeclaringType!)}.{member.Name}";
}
