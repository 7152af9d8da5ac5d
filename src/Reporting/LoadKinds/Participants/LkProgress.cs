namespace Reporting.LoadKinds.Participants;

/// <summary>How far an <c>lk load-test</c> process has come.</summary>
public enum LkPhase
{
    /// <summary>It has not said that it starts.</summary>
    Waiting,

    /// <summary>Participants join.</summary>
    Joining,

    /// <summary>All have joined or given up; the load is held.</summary>
    Steady,

    /// <summary>The load has ended and tables are printed.</summary>
    Tables,

    /// <summary>The last row of the tables is there.</summary>
    Done,
}

/// <summary>The state of a running process, read off the lines so far.</summary>
/// <param name="Phase">How far it has come.</param>
/// <param name="Participants">Participants that it said it starts.</param>
/// <param name="Connected">
/// Participants known to have joined: those whose lines were seen and, once all joins have ended, all that did not give up.
/// </param>
/// <param name="FailedJoins">Participants that gave up.</param>
/// <param name="Tracks">Subscriptions so far, all subscribers together.</param>
/// <param name="Errors">Failed joins, failed subscriptions and caught panics.</param>
public sealed record LkProgress(LkPhase Phase, int Participants, int Connected, int FailedJoins, int Tracks, int Errors);
