using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Nuke.Common.Execution;
using Nuke.Common.Parameters;
using Serilog;

namespace Nuke.Common.ValueInjection;

/// <summary>Marks a member of a build whose value the engine finds.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public abstract class ValueInjectionAttributeBase : Attribute
{
    /// <summary>The build of the member; null where it is not known.</summary>
    public INukeBuild? Build { get; internal set; }

    /// <summary>The higher, the earlier among the members of one class.</summary>
    public virtual int Priority => 0;

    /// <summary>Whether a failure is not worth a warning.</summary>
    public virtual bool SuppressWarnings => false;

    /// <summary>The value; a failure warns and is null.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "NUKE warns of any and goes on")]
    public object? TryGetValue(MemberInfo member, object? instance)
    {
        try
        {
            return GetValue(member, instance);
        }
        catch (Exception exception)
        {
            if (!SuppressWarnings && !member.IsDefined(typeof(OptionalAttribute)))
                Log.Warning(exception.Unwrap(), "Could not inject value for {Member}", DisplayNames.Of(member));
            return null;
        }
    }

    /// <summary>The value, or null when there is none.</summary>
    public abstract object? GetValue(MemberInfo member, object? instance);
}
