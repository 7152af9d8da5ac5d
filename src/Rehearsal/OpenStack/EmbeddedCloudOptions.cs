using Rehearsal.Hosts;

namespace Rehearsal.OpenStack;

/// <summary>What kind of cloud is embedded.</summary>
public sealed record EmbeddedCloudOptions
{
    /// <summary>Where it keeps what it knows.</summary>
    public required string Directory { get; init; }

    /// <summary>Its machines.</summary>
    public required HostFolders Hosts { get; init; }

    /// <summary>What goes wrong with servers: server-error, no-host, quota or slow-boot; with any other, the cloud is healthy.</summary>
    public string Scenario { get; init; } = ParameterHelp.DefaultOf(ToolHelp.RehearsalScenario);

    /// <summary>How long a server takes from BUILD to ACTIVE.</summary>
    public TimeSpan BootTime { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The time on that clock, as OpenStack writes it.</summary>
    internal string Now() => Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");

    /// <summary>How long it really takes in the scenario.</summary>
    internal TimeSpan BootTimeInScenario => Scenario == "slow-boot" ? BootTime + TimeSpan.FromSeconds(20) : BootTime;

    /// <summary>How many servers the project may have.</summary>
    internal int InstanceQuota => Scenario == "quota" ? 4 : 1000;
}
