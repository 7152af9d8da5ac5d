using System.Runtime.InteropServices;

namespace Rehearsal.Hosts;

/// <summary>What is in a room, or what has been in it, in units multiplied by seconds.</summary>
/// <param name="Participants">Participants.</param>
/// <param name="Publishers">Those of them who publish.</param>
/// <param name="Published">Tracks that they publish.</param>
/// <param name="Subscribed">Tracks that LiveKit sends.</param>
/// <param name="Joins">How many have joined, those who came back again.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RoomLoad(double Participants, double Publishers, double Published, double Subscribed, double Joins)
{
    /// <summary>Nothing.</summary>
    public static RoomLoad None => default;

    /// <summary>All of them together.</summary>
    public static RoomLoad Sum(IEnumerable<RoomLoad> loads) => loads.Aggregate(None, (sum, load) => sum.Plus(load));

    /// <summary>Both together.</summary>
    public RoomLoad Plus(RoomLoad other) => new(Participants + other.Participants, Publishers + other.Publishers,
        Published + other.Published, Subscribed + other.Subscribed, Joins + other.Joins);

    /// <summary>A multiple, also of joins.</summary>
    public RoomLoad Times(double factor) =>
        new(Participants * factor, Publishers * factor, Published * factor, Subscribed * factor, Joins * factor);
}
