using System.Linq.Expressions;
using System.Reflection;

namespace Nuke.Common.Execution;

/// <summary>Finds the targets that a definition speaks of by their component or their base class.</summary>
/// <param name="property">The property of the target that speaks.</param>
/// <param name="build">The build.</param>
internal sealed class TargetReferences(PropertyInfo property, INukeBuild build)
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private int _basesTaken;

    /// <summary>Whether the build has the component.</summary>
    public bool Has<T>() => build is T;

    /// <summary>The targets of a component; its only one when none is named.</summary>
    public Target[] Of<T>(Func<T, Target>[] targets) =>
        targets.Length > 0 ? [.. targets.Select(target => target((T)build))] : [(Target)OnlyOne<T, Target>("shorthand dependency")];

    /// <summary>The only target of its kind that a component has.</summary>
    public Delegate OnlyOne<T, TKind>(string kind)
    {
        Assert.True(build is T, $"'{build.GetType().Name}' must implement '{typeof(T).Name}'");
        return (Delegate)OnlyProperty(typeof(T), typeof(TKind), kind).GetValue(build)!;
    }

    /// <summary>The targets as the component defines them, whatever the build makes of them.</summary>
    public Target[] AsDefinedBy<T>(Expression<Func<T, Target>>[] targets)
    {
        var properties = targets.Length > 0
            ? targets.Select(target => (PropertyInfo)((MemberExpression)target.Body).Member)
            : [OnlyProperty(typeof(T), typeof(Target), "shorthand inheritance")];
        return [.. properties.Select(GetNonVirtually)];
    }

    /// <summary>The target as the next base class defines it.</summary>
    public Target Base()
    {
        var bases = new List<PropertyInfo>();
        for (var type = build.GetType(); type is not null; type = type.BaseType)
        {
            if (type.GetProperty(property.Name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly) is { } declared)
                bases.Add(declared);
        }

        // The first is the one that speaks; each further call of Base comes from the one before.
        _basesTaken++;
        Assert.True(
            _basesTaken < bases.Count,
            $"Target '{property.DeclaringType}.{property.Name}' has no base; a component's target is taken over with {nameof(ITargetDefinition.Inherit)}<T>");
        return GetNonVirtually(bases[_basesTaken]);
    }

    private PropertyInfo OnlyProperty(Type component, Type targetType, string kind)
    {
        var candidates = component.GetProperties(Instance).Where(candidate => candidate.PropertyType == targetType).ToList();
        if (candidates.Count == 1)
            return candidates[0];

        var found = candidates.Count == 0 ? ["No relevant targets."] : candidates.Select(candidate => $"  - {candidate.Name}").Prepend("Too many relevant targets:");
        Assert.Fail(string.Join(
            Environment.NewLine,
            found.Prepend($"Target '{property.DeclaringType}.{property.Name}' cannot have {kind} on component '{component.Name}'.")));
        return null;
    }

    // Reflection calls the override; a delegate made from the getter's address calls the getter.
    private Target GetNonVirtually(PropertyInfo declared)
    {
        var getter = declared.GetMethod!.MethodHandle.GetFunctionPointer();
        return ((Func<Target>)Activator.CreateInstance(typeof(Func<Target>), build, getter)!)();
    }
}
