namespace LoadTesting.Hosts.Agent;

/// <summary>How far a run is on a host.</summary>
public enum RunState
{
    /// <summary>Its files are there, its launcher is not armed.</summary>
    New,

    /// <summary>Its launcher waits for the moment.</summary>
    Armed,

    /// <summary>It was armed too late and left out.</summary>
    Late,

    /// <summary>lk runs.</summary>
    Running,

    /// <summary>lk has ended and its files are closed.</summary>
    Done,
}

/// <summary>A run on a host.</summary>
/// <param name="RunId">Its id.</param>
/// <param name="State">How far it is.</param>
/// <param name="Collected">Whether its results were downloaded.</param>
public sealed record RunOnHost(string RunId, RunState State, bool Collected)
{
    /// <summary>Whether it is or will be loading the cluster.</summary>
    public bool InProgress => State is RunState.Armed or RunState.Running;

    /// <summary>Reads a line <c>run ID STATE [collected]</c> of <c>loadtest-host runs</c>; null when it is none.</summary>
    public static RunOnHost? Parse(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is ["run", var id, var state, ..] && Enum.TryParse<RunState>(state, ignoreCase: true, out var parsed)
            ? new RunOnHost(id, parsed, words.Length > 3)
            : null;
    }
}
