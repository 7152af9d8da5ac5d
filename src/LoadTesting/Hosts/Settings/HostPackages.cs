using LoadTesting.Hosts.Agent;

namespace LoadTesting.Hosts.Settings;

/// <summary>
/// Packages for people who log in to a host, by its own package manager, in the background: nothing that is measured needs them. Pure.
/// </summary>
public static class HostPackages
{
    private static readonly HostScript Wait = new("await-packages.sh");

    /// <summary>The names in a list separated by commas; empty or <c>none</c>: none.</summary>
    public static IReadOnlyList<string> Parse(string list) =>
        list == "none" ? [] : list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Whether a text can be the name of a package (Debian policy 5.6.1; RPM and Alpine allow more).</summary>
    public static bool IsName(string name) =>
        name.Length > 0 && char.IsAsciiLetterOrDigit(name[0])
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '-' or '.' or '_');

    /// <summary>Waits until they are installed; the answer is for <see cref="Failure"/>.</summary>
    public static string Await(TimeSpan timeout) =>
        Wait.With(HostAgent.Home, (timeout.TotalMilliseconds / 100).ToString("0", CultureInfo.InvariantCulture));

    /// <summary>Why the packages are not there; null when they are.</summary>
    /// <param name="result">The output of the script that waited.</param>
    /// <param name="timeout">How long it waited.</param>
    public static string? Failure(ShellResult result, TimeSpan timeout) => result.Text.Split('\n') switch
    {
        ["0", ..] => null,
        ["", ..] => $"not done within {timeout.TotalSeconds:0} s; still in progress",
        [_, { Length: > 0 } words, ..] => words,
        [var code, ..] => $"exit code {code}",
        _ => "",
    };
}
