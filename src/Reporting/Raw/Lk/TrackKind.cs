namespace Reporting.Raw.Lk;

/// <summary>What a track carries.</summary>
public enum TrackKind
{
    /// <summary>Audio.</summary>
    Audio,

    /// <summary>Video.</summary>
    Video,
}
