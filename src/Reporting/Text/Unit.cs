namespace Reporting.Text;

/// <summary>The units that figures come in.</summary>
public enum Unit
{
    /// <summary>How many.</summary>
    Count,

    /// <summary>A part of a whole, 0 to 1; shown as a percentage.</summary>
    Ratio,

    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>Bits per second.</summary>
    BitsPerSecond,

    /// <summary>Packets per second.</summary>
    PacketsPerSecond,

    /// <summary>Bytes.</summary>
    Bytes,
}
