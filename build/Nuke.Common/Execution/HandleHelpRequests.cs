using Nuke.Common.Parameters;

namespace Nuke.Common.Execution;

/// <summary>Prints the targets and parameters and ends the program, when asked to or when nothing would run.</summary>
internal static class HandleHelpRequests
{
    private const int MaxColumns = 90;
    private const int Margin = 6;

    public static void Handle(NukeBuild build, IReadOnlyList<ExecutableTarget> targets)
    {
        if (!build.Help && build.ExecutionPlan.Count > 0)
            return;

        Host.Debug(Targets(targets));
        Host.Debug(Parameters(build, targets));
        Environment.Exit(0);
    }

    private static string Targets(IReadOnlyList<ExecutableTarget> targets)
    {
        var width = Math.Max(targets.Max(target => target.Name.Length), 20);
        var text = new StringBuilder().AppendLine("Targets (with their direct dependencies):").AppendLine();
        foreach (var target in targets.Where(target => !target.Definition.IsUnlisted))
        {
            var dependencies = string.Join(", ", target.ExecutionDependencies.Select(dependency => dependency.Name));
            text.Append("  ").Append((target.Name + (target.IsDefault ? " (default)" : "")).PadRight(width));
            text.AppendLine(dependencies.Length > 0 ? $" -> {dependencies}" : "");
            if (!string.IsNullOrWhiteSpace(target.Definition.DescriptionText))
                text.Append("    ").AppendLine(target.Definition.DescriptionText);
        }

        return text.ToString();
    }

    private static string Parameters(NukeBuild build, IReadOnlyList<ExecutableTarget> targets)
    {
        var all = BuildMembers.Parameters(build.GetType());
        var width = Math.Max(all.Max(parameter => ParameterNames.Dashed(ParameterNames.Of(parameter)).Length), 16);
        var defaults = string.Join(", ", targets.Where(target => target.IsDefault).Select(target => target.Name));
        var text = new StringBuilder().AppendLine("Parameters:");
        foreach (var group in all.GroupBy(parameter => parameter.DeclaringType == typeof(NukeBuild)).OrderBy(group => group.Key))
        {
            text.AppendLine();
            foreach (var parameter in group)
            {
                var description = ParameterNames.DescriptionOf(parameter) is { } told
                    ? $"{told.Replace("{default_target}", defaults.Length > 0 ? defaults : "<none>", Ordinal)}."
                    : "<no description>";
                var name = $"  --{ParameterNames.Dashed(ParameterNames.Of(parameter)).PadRight(width)} ";
                var indentation = Environment.NewLine + new string(' ', width + Margin);
                text.Append(name).Append(' ').AppendLine(string.Join(indentation, Lines(description, width + Margin)));
            }
        }

        return text.ToString();
    }

    // Each line begins with a blank.
    private static List<string> Lines(string text, int indentation)
    {
        var lines = new List<string> { string.Empty };
        foreach (var word in text.Split(' '))
        {
            var length = indentation + lines[^1].Length + word.Length;
            if (length >= Console.BufferWidth || length > MaxColumns)
                lines.Add(string.Empty);
            lines[^1] += $" {word}";
        }

        return lines;
    }
}
