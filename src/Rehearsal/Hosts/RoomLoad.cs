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
    /// <summary>Both together.</summary>
    public static RoomLoad operator +(RoomLoad one, RoomLoad other) => new(one.Participants + other.Participants,
        one.Publishers + other.Publishers, one.Published + other.Published, one.Subscribed + other.Subscribed, one.Joins + other.Joins);

    /// <summary>The first without the second.</summary>
    public static RoomLoad operator -(RoomLoad one, RoomLoad other) => one + (other * -1);

    /// <summary>A multiple, also of joins.</summary>
    public static RoomLoad operator *(RoomLoad one, double factor) => new(one.Participants * factor, one.Publishers * factor,
        one.Published * factor, one.Subscribed * factor, one.Joins * factor);
}
