using System.Reflection;

namespace Nuke.Common.Parameters;

/// <summary>How types and members are written in messages.</summary>
internal static class DisplayNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    /// <summary>A type as C# writes it: <c>int?</c>, <c>string[]</c>, <c>List&lt;int&gt;</c>.</summary>
    public static string Of(Type type) =>
        Keywords.TryGetValue(type, out var keyword) ? keyword
        : Nullable.GetUnderlyingType(type) is { } underlying ? $"{Of(underlying)}?"
        : type.IsArray ? $"{Of(type.GetElementType()!)}[]"
        : type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>"
        : type.Name;

    /// <summary>A member with the type that declares it.</summary>
    public static string Of(MemberInfo member)
    {
        var declaring = Of(member.DeclaringType!);
        for (var outer = member.DeclaringType!.DeclaringType; outer is not null; outer = outer.DeclaringType)
            declaring = $"{Of(outer)}.{declaring}";
        return $"{declaring}.{Short(member)}";
    }

    /// <summary>A member's name, for an explicit implementation without the interface before it.</summary>
    public static string Short(MemberInfo member) => member.Name[(member.Name.LastIndexOf('.') + 1)..];
}
