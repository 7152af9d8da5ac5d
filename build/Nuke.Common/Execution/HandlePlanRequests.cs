using System.Diagnostics;
using System.Net;
using Nuke.Common.IO;

namespace Nuke.Common.Execution;

/// <summary>Writes a page that shows all targets in the order in which they would run, opens it and ends the program.</summary>
internal static class HandlePlanRequests
{
    private const string Head = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>Execution plan</title>
        <style>
        body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem; }
        table { border-collapse: collapse; }
        th, td { border-bottom: 1px solid #ccc; padding: .3rem 1rem .3rem 0; text-align: left; vertical-align: top; }
        .planned td:first-child { font-weight: bold; }
        tr:not(.planned) { color: #777; }
        </style>
        </head>
        <body>
        <h1>Execution plan</h1>
        <p>Targets in the order in which they run. Those in bold run now.</p>
        <table>
        <tr><th>Target</th><th>needs</th><th>if it runs, after</th><th>is triggered by</th><th>Description</th></tr>
        """;

    public static void Handle(NukeBuild build, IReadOnlyList<ExecutableTarget> targets)
    {
        if (!build.Plan)
            return;

        var page = (NukeBuild.TemporaryDirectory / "execution-plan.html").WriteAllText(Page(targets, build.ExecutionPlan));
        using var viewer = Process.Start(new ProcessStartInfo(page) { UseShellExecute = true });
        Environment.Exit(0);
    }

    private static string Page(IReadOnlyList<ExecutableTarget> targets, IReadOnlyList<ExecutableTarget> plan)
    {
        var page = new StringBuilder(Head).AppendLine();
        foreach (var target in ExecutionPlanner.Plan(targets, [.. targets.Select(target => target.Name)]))
        {
            page.Append(plan.Contains(target) ? "<tr class=\"planned\">" : "<tr>");
            string?[] cells =
            [
                target.Name, Names(target.ExecutionDependencies), Names(target.OrderDependencies), Names(target.TriggerDependencies),
                target.Definition.DescriptionText,
            ];
            page.Append(string.Concat(cells.Select(cell => $"<td>{WebUtility.HtmlEncode(cell)}</td>"))).AppendLine("</tr>");
        }

        return page.AppendLine("</table>").AppendLine("</body>").AppendLine("</html>").ToString();
    }

    private static string Names(IReadOnlyList<ExecutableTarget> targets) => string.Join(", ", targets.Select(target => target.Name));
}
