namespace LoadTesting.Model;

/// <summary>Names runs: <c>20261124-041522-k3fq</c>, which sorts by time and is unlikely to be given twice.</summary>
public static class RunId
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>A new name.</summary>
    public static string Create(TimeProvider time, Random random)
    {
        var letters = random.GetItems<char>(Letters, 4);
        return $"{time.GetUtcNow():yyyyMMdd-HHmmss}-{new string(letters)}";
    }
}
