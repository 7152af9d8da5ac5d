namespace LoadTesting.Model;

/// <summary>The phases, by the names of their targets; the journal and the report have the same ones.</summary>
public enum PhaseName
{
    /// <summary>Shows what Report would do.</summary>
    Plan,

    /// <summary>Makes the servers that are missing.</summary>
    Provision,

    /// <summary>Sets the hosts and installs lk.</summary>
    Configure,

    /// <summary>Checks that all hosts can start.</summary>
    Prepare,

    /// <summary>Starts lk on all hosts and watches it.</summary>
    Run,

    /// <summary>Downloads the results.</summary>
    Collect,

    /// <summary>Writes the report.</summary>
    Report,

    /// <summary>Searches for the capacity.</summary>
    Capacity,

    /// <summary>Deletes the fleet.</summary>
    Destroy,

    /// <summary>Deletes expired fleets.</summary>
    Sweep,

    /// <summary>Shows what exists.</summary>
    Status,
}
