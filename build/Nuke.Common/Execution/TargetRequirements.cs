using System.Linq.Expressions;
using System.Reflection;
using Nuke.Common.Parameters;
using Nuke.Common.ValueInjection;

namespace Nuke.Common.Execution;

/// <summary>Refuses to run anything while a requirement of a scheduled target is not met.</summary>
internal static class TargetRequirements
{
    public static void Check(NukeBuild build)
    {
        foreach (var target in build.ScheduledTargets)
        {
            foreach (var requirement in target.DelegateRequirements)
                Check(build, target, requirement);
        }

        foreach (var (member, _) in BuildMembers.With<ValueInjectionAttributeBase>(build.GetType()).Where(x => x.Member.IsDefined(typeof(RequiredAttribute))))
            Assert.False(IsMissing(member, build), $"Member '{NameOf(member)}' is required to be not null or empty");
    }

    private static void Check(NukeBuild build, ExecutableTarget target, LambdaExpression requirement)
    {
        if (requirement is Expression<Func<bool>> condition)
        {
            Assert.True(condition.Compile(preferInterpretation: true)(), $"Target '{target.Name}' requires '{requirement.Body}'");
            return;
        }

        var named = ((MemberExpression)(requirement.Body is UnaryExpression conversion ? conversion.Operand : requirement.Body)).Member;
        var member = named.DeclaringType == build.GetType() ? named : build.GetType().GetMember(named.Name).SingleOrDefault() ?? named;
        Assert.True(
            member.IsDefined(typeof(ValueInjectionAttributeBase)),
            $"Member '{NameOf(member)}' is required from target '{target.Name}' but not marked with an injection attribute.");
        Assert.False(IsMissing(member, build), $"Target '{target.Name}' requires member '{NameOf(member)}' to be not null or empty");
    }

    private static bool IsMissing(MemberInfo member, NukeBuild build)
    {
        if (NukeBuild.Host is Terminal && member.IsDefined(typeof(ParameterAttribute)) && member is not PropertyInfo { CanWrite: false })
            Ask(member, build);

        var value = MemberAccess.Get(member, build);
        return MemberAccess.TypeOf(member) == typeof(string) ? string.IsNullOrWhiteSpace((string?)value) : value is null;
    }

    private static void Ask(MemberInfo member, NukeBuild build)
    {
        var question = $"{ParameterNames.DescriptionOf(member) ?? ParameterNames.Of(member)}:";
        while (MemberAccess.Get(member, build) is null)
        {
            var choices = ParameterChoices.Of(member, build);
            var answer = choices is null ? ConsolePrompt.ForInput(question) : ConsolePrompt.ForChoice(question, choices);
            MemberAccess.Set(member, build, answer is null ? null : ValueConversion.FromWord(answer, MemberAccess.TypeOf(member)));
        }
    }

    private static string NameOf(MemberInfo member) => member.IsDefined(typeof(ParameterAttribute)) ? ParameterNames.Of(member) : member.Name;
}
