using Nuke.Common.Execution;

namespace Nuke.Common.Parameters;

/// <summary>Writes the values of parameters into the members of a build.</summary>
internal static class MemberInjection
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    // The others of NukeBuild are read where they are needed.
    private static readonly string[] InjectedOfNukeBuild =
    [
        nameof(NukeBuild.Plan), nameof(NukeBuild.Help), nameof(NukeBuild.Continue), nameof(NukeBuild.NoLogo), nameof(NukeBuild.Verbosity),
    ];

    /// <summary>Injects the parameters, those of base classes first.</summary>
    public static void Inject(NukeBuild build)
    {
        var parameters = BuildMembers.Parameters(build.GetType())
            .Where(member => member.DeclaringType != typeof(NukeBuild) || InjectedOfNukeBuild.Contains(member.Name))
            .OrderBy(member => Depth(member.DeclaringType));
        foreach (var parameter in parameters)
        {
            if (ValueOf(parameter) is { } value)
                Set(parameter, build, value);
        }
    }

    private static int Depth(Type? type) => type is null ? 0 : 1 + Depth(type.BaseType);

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "NUKE warns of any and goes on")]
    private static object? ValueOf(MemberInfo parameter)
    {
        try
        {
            var type = ValueConversion.Nullable(BuildMembers.TypeOf(parameter));
            var separator = parameter.GetCustomAttribute<ParameterAttribute>()!.Separator;
            var shape = new ValueShape(type, separator is [var character, ..] ? character : null);
            return ParameterValues.Sources.Get(ParameterNames.Of(parameter), shape);
        }
        catch (Exception exception)
        {
            Log.Warning(exception.Unwrap(), "Could not inject value for {Member}", DisplayNames.Of(parameter));
            return null;
        }
    }

    // A field, the field behind an automatic property, or the property.
    private static void Set(MemberInfo member, NukeBuild build, object value)
    {
        if ((member as FieldInfo ?? member.DeclaringType!.GetField($"<{member.Name}>k__BackingField", Declared)) is { } field)
            field.SetValue(build, value);
        else
            ((PropertyInfo)member).SetValue(build, value);
    }
}
