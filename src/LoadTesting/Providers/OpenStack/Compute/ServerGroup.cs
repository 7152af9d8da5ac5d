namespace LoadTesting.Providers.OpenStack.Compute;

/// <summary>A wish about where servers are put.</summary>
internal sealed record ServerGroup(string Id, string Name);

/// <summary>Before 2.64 the policy is a list.</summary>
internal sealed record ServerGroupOptions(string Name, IReadOnlyList<string> Policies);
