namespace Nuke.Common.Execution;

/// <summary>A terminal, or a pipe: anything but a build server.</summary>
public class Terminal : Host
{
    /// <summary>Always: this is where a build runs when it runs nowhere else.</summary>
    public static bool IsRunningTerminal => true;
}

/// <summary>The terminal of Rider.</summary>
public class Rider : Terminal
{
    internal static bool IsRunningRider =>
        EnvironmentInfo.HasVariable("IDEA_INITIAL_DIRECTORY", allowEmpty: false)
        || EnvironmentInfo.GetVariable("XPC_SERVICE_NAME")?.Contains("com.jetbrains.rider", StringComparison.OrdinalIgnoreCase) == true
        || EnvironmentInfo.GetVariable("TERMINAL_EMULATOR")?.Contains("JetBrains-JediTerm", StringComparison.OrdinalIgnoreCase) == true;
}

/// <summary>The terminal of Visual Studio Code.</summary>
public class VSCode : Terminal
{
    internal static bool IsRunningVSCode =>
        EnvironmentInfo.HasVariable("VSCODE_GIT_IPC_HANDLE", allowEmpty: false) || EnvironmentInfo.HasVariable("VSCODE_PID", allowEmpty: false);
}

/// <summary>The terminal of Visual Studio.</summary>
public class VisualStudio : Terminal
{
    internal static bool IsRunningVisualStudio => EnvironmentInfo.HasVariable("VisualStudioVersion", allowEmpty: false);
}
