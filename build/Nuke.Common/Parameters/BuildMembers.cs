namespace Nuke.Common.Parameters;

/// <summary>The members of a build that mean something to the engine, its own and those of its base classes.</summary>
internal static class BuildMembers
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private const BindingFlags InstanceAndStatic = Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    /// <summary>The properties that define targets, in the order of declaration.</summary>
    public static IReadOnlyList<PropertyInfo> Targets(Type buildType) =>
        [.. buildType.GetProperties(Instance).Where(property => property.PropertyType == typeof(Target))];

    /// <summary>The parameters in the order of their names on the command line.</summary>
    public static IReadOnlyList<MemberInfo> Parameters(Type buildType) =>
    [
        .. buildType.GetProperties(InstanceAndStatic).Concat<MemberInfo>(buildType.GetFields(InstanceAndStatic))
            .Where(member => member.IsDefined(typeof(ParameterAttribute)))
            .OrderBy(ParameterNames.Of),
    ];

    /// <summary>The type of a field or property.</summary>
    public static Type TypeOf(MemberInfo member) => member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;

    /// <summary>The type of one element: of an array, of a collection, of a nullable value.</summary>
    public static Type ScalarOf(Type type) =>
        Nullable.GetUnderlyingType(type)
        ?? (type.IsArray ? type.GetElementType()! : IsCollection(type) ? type.GetGenericArguments().Single() : type);

    public static bool IsCollection(Type type) =>
        type != typeof(string)
        && type.GetInterfaces().Append(type).Any(x => x.IsGenericType && x.GetGenericTypeDefinition() == typeof(IEnumerable<>));

    /// <summary>The values that a parameter can have by name in order, or null when they cannot be counted.</summary>
    public static IReadOnlyList<string>? ChoicesOf(MemberInfo parameter, NukeBuild build)
    {
        var scalar = ScalarOf(TypeOf(parameter));
        var names = parameter.GetCustomAttribute<ParameterAttribute>()!.ValueProviderMember is { } provider ? Provided(provider, build)
            : scalar.IsEnum ? scalar.GetEnumNames()
            : null;
        return names?.Order().ToList();
    }

    private static IEnumerable<string> Provided(string provider, NukeBuild build) =>
        build.GetType().GetProperty(provider, InstanceAndStatic).NotNull().GetValue(build) as IEnumerable<string>
        ?? throw new InvalidOperationException($"Value provider '{provider}' must be of type 'IEnumerable<string>'");
}
