namespace LoadTesting.Providers.OpenStack.Compute;

/// <summary>A size of servers: RAM in MB, disk in GB.</summary>
internal sealed record Flavor(string Id, string Name, int Vcpus, int Ram, int Disk);
