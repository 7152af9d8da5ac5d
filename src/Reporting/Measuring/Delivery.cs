using System.Runtime.InteropServices;

namespace Reporting.Measuring;

/// <summary>Packets that came of those that were due. Adding two adds both counts: a share is never averaged.</summary>
/// <param name="Received">Packets that came, no more than were due: one track's surplus does not make good another's gap.</param>
/// <param name="Due">Packets that were due.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Delivery(double Received, double Due)
{
    /// <summary>Received of due; null when nothing was due.</summary>
    public double? Share => Due > 0 ? Received / Due : null;

    public static Delivery Of(double received, double due) => new(Math.Min(received, due), due);

    public static Delivery operator +(Delivery left, Delivery right) => new(left.Received + right.Received, left.Due + right.Due);

    public static Delivery Add(Delivery left, Delivery right) => left + right;
}
