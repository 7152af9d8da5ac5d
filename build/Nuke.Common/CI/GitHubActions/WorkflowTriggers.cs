using System.CodeDom.Compiler;
using Nuke.Common.Parameters;
using Nuke.Common.Tooling;

namespace Nuke.Common.CI.GitHubActions;

/// <summary>The part of a workflow file that says what starts it.</summary>
/// <param name="attribute">What it is to say.</param>
internal sealed class WorkflowTriggers(GitHubActionsAttribute attribute)
{
    private readonly List<string> _inputs = [.. attribute.OnWorkflowDispatchOptionalInputs, .. attribute.OnWorkflowDispatchRequiredInputs];

    private bool OnPush => Any(
        attribute.OnPushBranches, attribute.OnPushBranchesIgnore, attribute.OnPushTags, attribute.OnPushTagsIgnore, attribute.OnPushIncludePaths,
        attribute.OnPushExcludePaths);

    private bool OnPullRequest => Any(
        attribute.OnPullRequestBranches, attribute.OnPullRequestTags, attribute.OnPullRequestIncludePaths, attribute.OnPullRequestExcludePaths);

    public void Write(IndentedTextWriter writer)
    {
        var detailed = OnPush || OnPullRequest || _inputs.Count > 0 || attribute.OnCronSchedule is not null;
        Assert.True(attribute.On.Length == 0 || !detailed, "Workflows can only define either shorthand 'On' or 'On*' triggers");
        Assert.True(attribute.On.Length > 0 || detailed, "Workflows must define either shorthand 'On' or 'On*' triggers");
        if (detailed)
            Workflow.Section(writer, "on:", () => WriteDetailed(writer));
        else
            writer.WriteLine($"on: [{string.Join(", ", attribute.On.Select(trigger => trigger.GetValue()))}]");
    }

    private static bool Any(params IReadOnlyList<string[]> lists) => lists.Any(list => list.Length > 0);

    private static void WriteList(IndentedTextWriter writer, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
            return;

        Workflow.Section(writer, $"{name}:", () =>
        {
            foreach (var value in values)
                writer.WriteLine($"- {(value.IndexOfAny([' ', '.', '*', '!', '?', '+', '[', ']', '(', ')']) < 0 ? value : $"'{value}'")}");
        });
    }

    private static IReadOnlyList<string> Paths(IEnumerable<string> included, IEnumerable<string> excluded) =>
        [.. included, .. excluded.Select(path => $"!{path}")];

    private void WriteDetailed(IndentedTextWriter writer)
    {
        if (OnPush)
            Workflow.Section(writer, "push:", () => WritePush(writer));
        if (OnPullRequest)
        {
            Workflow.Section(writer, "pull_request:", () =>
            {
                WriteList(writer, "branches", attribute.OnPullRequestBranches);
                WriteList(writer, "tags", attribute.OnPullRequestTags);
                WriteList(writer, "paths", Paths(attribute.OnPullRequestIncludePaths, attribute.OnPullRequestExcludePaths));
            });
        }

        if (_inputs.Count > 0)
            Workflow.Section(writer, "workflow_dispatch:", () => Workflow.Section(writer, "inputs:", () => _inputs.ForEach(input => WriteInput(writer, input))));
        if (attribute.OnCronSchedule is { } schedule)
            Workflow.Section(writer, "schedule:", () => writer.WriteLine($"- cron: '{schedule}'"));
    }

    private void WritePush(IndentedTextWriter writer)
    {
        Assert.False(
            Any(attribute.OnPushBranches, attribute.OnPushTags) && Any(attribute.OnPushBranchesIgnore, attribute.OnPushTagsIgnore),
            "Cannot use OnPushBranches/OnPushTags and OnPushBranchesIgnore/OnPushTagsIgnore in combination");
        WriteList(writer, "branches", attribute.OnPushBranches);
        WriteList(writer, "branches-ignore", attribute.OnPushBranchesIgnore);
        WriteList(writer, "tags", attribute.OnPushTags);
        WriteList(writer, "tags-ignore", attribute.OnPushTagsIgnore);
        WriteList(writer, "paths", Paths(attribute.OnPushIncludePaths, attribute.OnPushExcludePaths));
    }

    private void WriteInput(IndentedTextWriter writer, string input) => Workflow.Section(writer, $"{input}:", () =>
    {
        writer.WriteLine($"description: \"{string.Join(' ', ParameterNames.Words(input))}\"");
        writer.WriteLine($"required: {(attribute.OnWorkflowDispatchRequiredInputs.Contains(input) ? "true" : "false")}");
    });
}
