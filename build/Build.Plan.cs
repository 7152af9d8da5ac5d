using LoadTesting.Phases;
using Spectre.Console;

/// <summary>What Plan shows.</summary>
internal sealed partial class Build
{
    void ShowPlan()
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        foreach (var (name, value) in new PlanPhase(Parameters).Rows())
            grid.AddRow(new Text(name, new Style(decoration: Decoration.Bold)), new Text(value));
        AnsiConsole.Write(grid);
        AnsiConsole.WriteLine();
        var profiles = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        foreach (var profile in CommandLine.Profile.In(RootDirectory / ".nuke"))
            profiles.AddRow(new Text($"--profile {profile.Name}"), new Text(profile.Purpose));
        AnsiConsole.Write(profiles);
        AnsiConsole.WriteLine();
        AnsiConsole.WriteLine("Nothing was touched. ./build.sh Report does it.");
    }
}
