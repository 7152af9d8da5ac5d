namespace LoadTesting.Model;

/// <summary>A step of the load: so much of it, held for so long.</summary>
/// <param name="Share">Part of all participants that have joined by its end, above 0, at most 1.</param>
/// <param name="Hold">How long it is held after they have.</param>
public sealed record Stage(double Share, TimeSpan Hold)
{
    /// <summary>What stages look like, for error messages.</summary>
    public const string Expected = "rising shares of the load and how long each is held, the last one 100%, such as 50%:1m,100%:5m";

    /// <summary>Reads stages separated by commas; false when they are none, do not rise, or do not end with 100 %.</summary>
    public static bool TryParse(string? text, out IReadOnlyList<Stage> stages)
    {
        var read = (text ?? "").Split(',', StringSplitOptions.TrimEntries).Select(Read).ToList();
        var right = read.TrueForAll(stage => stage is { Share: > 0, Hold.Ticks: > 0 }) && read[^1]!.Share == 1
            && read.Zip(read.Skip(1)).All(pair => pair.First!.Share < pair.Second!.Share);
        stages = right ? [.. read.OfType<Stage>()] : [];
        return right;
    }

    private static Stage? Read(string text) =>
        text.Split(':', 2, StringSplitOptions.TrimEntries) is [var share, var hold] && share.EndsWith('%')
            && Duration.TryParse(hold, out var duration)
        && double.TryParse(share.AsSpan(0, share.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            ? new Stage(percent / 100, duration.Value)
            : null;
}
