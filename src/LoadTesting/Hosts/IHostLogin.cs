namespace LoadTesting.Hosts;

/// <summary>How people log in to the hosts with their own programs.</summary>
public interface IHostLogin
{
    /// <summary>The files with which such programs reach the hosts.</summary>
    /// <param name="hosts">The hosts.</param>
    /// <param name="folder">Where the files will be.</param>
    IReadOnlyList<(string Name, string Text)> Files(IReadOnlyList<FleetHost> hosts, string folder);

    /// <summary>The command that logs in to a host by these files, to paste.</summary>
    string Command(FleetHost host, string folder);

    /// <summary>Whether a host answers, and the command that logs in to it without these files.</summary>
    Task<string> DescribeAsync(FleetHost host, CancellationToken cancellation);
}
