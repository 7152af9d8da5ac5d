namespace Nuke.Common.Execution;

/// <summary>A terminal, or a pipe: anything but a build server.</summary>
public class Terminal : Host;
