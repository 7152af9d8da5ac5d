using System.Reflection;

namespace Nuke.Common.Parameters;

/// <summary>Reads and writes fields and properties alike.</summary>
internal static class MemberAccess
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static Type TypeOf(MemberInfo member) => member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;

    public static object? Get(MemberInfo member, object? instance) =>
        member is FieldInfo field ? field.GetValue(instance) : ((PropertyInfo)member).GetValue(instance);

    /// <summary>Writes a field, the field behind an automatic property, or the property.</summary>
    public static void Set(MemberInfo member, object? instance, object? value)
    {
        if ((member as FieldInfo ?? member.DeclaringType!.GetField($"<{member.Name}>k__BackingField", Declared)) is { } field)
        {
            field.SetValue(instance, value);
            return;
        }

        var property = (PropertyInfo)member;
        Assert.True(property.SetMethod is not null, $"Property '{member.Name}' is not settable");
        property.SetValue(instance, value);
    }
}
