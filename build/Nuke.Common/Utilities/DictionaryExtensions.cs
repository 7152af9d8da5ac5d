namespace Nuke.Common.Utilities.Collections;

/// <summary>Fills the summary of a target.</summary>
public static class DictionaryExtensions
{
    /// <summary>Adds a pair.</summary>
    public static Dictionary<string, string> AddPair(this Dictionary<string, string> dictionary, string key, object value)
    {
        dictionary.Add(key, value.ToString() ?? string.Empty);
        return dictionary;
    }

    /// <summary>Adds a pair unless its value is null.</summary>
    public static Dictionary<string, string> AddPairWhenValueNotNull(this Dictionary<string, string> dictionary, string key, object? value) =>
        value is null ? dictionary : dictionary.AddPair(key, value);
}
