namespace Reporting.Text;

/// <summary>
/// Figures as people read them, the same under every culture. What was not measured reads "not measured", never like a number.
/// </summary>
public static class Format
{
    /// <summary>What is shown for a figure that was not measured.</summary>
    public const string NotMeasured = "not measured";

    private static readonly (double Size, string Prefix)[] Prefixes = [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")];

    /// <summary>A value with its unit.</summary>
    public static string Show(double? value, Unit unit) => value is not { } number || !double.IsFinite(number)
        ? NotMeasured
        : unit switch
        {
            Unit.Ratio => Percent(number),
            Unit.Seconds => Seconds(number),
            Unit.BitsPerSecond => Scaled(number, "bps"),
            Unit.Bytes => Scaled(number, "B"),
            Unit.PacketsPerSecond => Invariant($"{number:#,0.#} packets/s"),
            _ => Invariant($"{number:#,0.###}"),
        };

    /// <summary>A number of things: "1 participant", "1,200 participants".</summary>
    /// <param name="count">How many; null when that was not measured.</param>
    /// <param name="one">The word for one of them.</param>
    public static string Counted(int? count, string one) => count is { } known
        ? Invariant($"{known:#,0} {one}{(known == 1 ? "" : one.EndsWith('s') ? "es" : "s")}")
        : NotMeasured;

    /// <summary>"998 of 1,000"; "not measured" when the part was not.</summary>
    public static string OutOf(double? part, double? whole) => part is null
        ? NotMeasured
        : whole is null ? Show(part, Unit.Count) : Invariant($"{part:#,0} of {whole:#,0}");

    /// <summary>"540" or "510 to 540".</summary>
    public static string Range(double? least, double? most) => least is null || most is null
        ? NotMeasured
        : least == most ? Invariant($"{least:#,0}") : Invariant($"{least:#,0} to {most:#,0}");

    /// <summary>An instant in UTC, to the second.</summary>
    public static string Instant(DateTimeOffset? instant) => instant is { } known
        ? Invariant($"{known.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC")
        : NotMeasured;

    /// <summary>The time of day of an instant in UTC, to the millisecond: for columns.</summary>
    public static string TimeOfDay(DateTimeOffset? instant) => instant is { } known
        ? Invariant($"{known.UtcDateTime:HH:mm:ss.fff}")
        : NotMeasured;

    /// <summary>The second of an instant in UTC: for sentences.</summary>
    public static string Second(DateTimeOffset instant) => Invariant($"{instant.UtcDateTime:HH:mm:ss}");

    /// <summary>
    /// A period in whole seconds that hold it all: "12:00:01 to 12:00:03", one time where both are in one second, "12:00:01 to the end"
    /// without an end. Instants come of floating point, so the last millisecond is no second more.
    /// </summary>
    public static string Period(DateTimeOffset from, DateTimeOffset? to)
    {
        var first = Second(from.AddMilliseconds(1));
        return to is not { } end ? $"{first} to the end"
            : first == Second(end) || end <= from ? first
            : $"{first} to {Second(end.AddMilliseconds(998))}";
    }

    // A rounded value never shows "all" or "none" when it is not.
    private static string Percent(double ratio) => (100 * ratio) switch
    {
        > 0 and < 0.005 => "< 0.01 %",
        > 99.99 and < 100 => "> 99.99 %",
        var percent => Invariant($"{percent:#,0.##} %"),
    };

    private static string Seconds(double seconds) => Math.Abs(seconds) switch
    {
        0 => "0 s",
        < 0.01 => Invariant($"{seconds * 1000:0.##} ms"),
        < 0.9995 => Invariant($"{seconds * 1000:0} ms"),
        < 120 => Invariant($"{seconds:0.##} s"),
        < 7200 => Parts(seconds, 60, "min", "s"),
        _ => Parts(seconds / 60, 60, "h", "min"),
    };

    private static string Parts(double small, int size, string largeUnit, string smallUnit)
    {
        var whole = Math.Round(small);
        var rest = whole % size;
        var large = Invariant($"{Math.Truncate(whole / size):#,0} {largeUnit}");
        return rest == 0 ? large : Invariant($"{large} {Math.Abs(rest)} {smallUnit}");
    }

    private static string Scaled(double value, string unit)
    {
        foreach (var (size, prefix) in Prefixes)
        {
            if (Math.Abs(value) >= 0.9995 * size)
                return $"{ThreeDigits(value / size)} {prefix}{unit}";
        }

        return $"{ThreeDigits(value)} {unit}";
    }

    private static string ThreeDigits(double value) => Math.Abs(value) switch
    {
        >= 100 => Invariant($"{value:#,0}"),
        >= 10 => Invariant($"{value:0.#}"),
        _ => Invariant($"{value:0.##}"),
    };
}
