using System.Reflection;
using System.Text;
using Nuke.Common.Parameters;

namespace Nuke.Common.Execution.Extensions;

/// <summary>Prints the targets and parameters and ends the program, when asked to or when nothing would run.</summary>
internal sealed class HandleHelpRequests(NukeBuild build) : IOnBuildInitialized
{
    private const int MostColumns = 90;
    private const int Margin = 6;

    public float Priority => 5;

    public void OnBuildInitialized(
        IReadOnlyCollection<ExecutableTarget> executableTargets, IReadOnlyCollection<ExecutableTarget> executionPlan)
    {
        if (!((INukeBuild)build).Help && executionPlan.Count > 0)
            return;

        Host.Debug(Targets(executableTargets));
        Host.Debug(Parameters());
        Environment.Exit(0);
    }

    private static string Targets(IReadOnlyCollection<ExecutableTarget> targets)
    {
        var width = Math.Max(targets.Max(target => target.Name.Length), 20);
        var text = new StringBuilder().AppendLine("Targets (with their direct dependencies):").AppendLine();
        foreach (var target in targets.Where(target => target.Listed))
        {
            var dependencies = string.Join(", ", target.ExecutionDependencies.Select(dependency => dependency.Name));
            text.Append("  ").Append((target.Name + (target.IsDefault ? " (default)" : "")).PadRight(width));
            text.AppendLine(dependencies.Length > 0 ? $" -> {dependencies}" : "");
            if (!string.IsNullOrWhiteSpace(target.Description))
                text.Append("    ").AppendLine(target.Description);
        }

        return text.ToString();
    }

    private string Parameters()
    {
        var all = BuildMembers.Parameters(build.GetType()).Where(parameter => parameter.GetCustomAttribute<ParameterAttribute>()!.List).ToList();
        var width = Math.Max(all.Max(parameter => ParameterNames.Dashed(ParameterNames.Of(parameter)).Length), 16);
        var defaults = string.Join(", ", build.ExecutableTargets.Where(target => target.IsDefault).Select(target => target.Name));
        var text = new StringBuilder().AppendLine("Parameters:");
        foreach (var group in all.GroupBy(parameter => parameter.DeclaringType == typeof(NukeBuild)).OrderBy(group => group.Key))
        {
            text.AppendLine();
            foreach (var parameter in group)
            {
                var description = ParameterNames.DescriptionOf(parameter) is { } told
                    ? $"{told.Replace("{default_target}", defaults.Length > 0 ? defaults : "<none>", StringComparison.Ordinal)}."
                    : "<no description>";
                var name = $"  --{ParameterNames.Dashed(ParameterNames.Of(parameter)).PadRight(width)} ";
                text.AppendLine(string.Join(Environment.NewLine + new string(' ', width + Margin), Lines(description, width + Margin)).Insert(0, name + " "));
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
            if (length >= Console.BufferWidth || length > MostColumns)
                lines.Add(string.Empty);
            lines[^1] += $" {word}";
        }

        return lines;
    }
}
