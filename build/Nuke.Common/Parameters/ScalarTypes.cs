namespace Nuke.Common.Parameters;

/// <summary>The type of one element: of an array, of a collection, of a nullable value.</summary>
internal static class ScalarTypes
{
    public static Type Of(Type type) =>
        Nullable.GetUnderlyingType(type)
        ?? (type.IsArray ? type.GetElementType()! : IsCollection(type) ? type.GetGenericArguments().Single() : type);

    public static bool IsCollection(Type type) =>
        type != typeof(string)
        && type.GetInterfaces().Append(type).Any(x => x.IsGenericType && x.GetGenericTypeDefinition() == typeof(IEnumerable<>));
}
