using System.Text;

namespace Nuke.Common.Parameters;

/// <summary>The passwords of the parameter files, from <c>PARAMS_PROFILE_KEY</c> or else from the person at the keyboard.</summary>
internal sealed class SecretPasswords
{
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    public string For(string profile) =>
        _known.TryGetValue(profile, out var known) ? known
        : _known[profile] = ParameterValues.Get<string>($"PARAMS{profile.ToUpperInvariant()}KEY") ?? Ask(profile);

    private static string Ask(string profile)
    {
        Host.Information($"Enter password for {ParameterFiles.NameOf(profile)}:");
        var password = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace && password.Length > 0)
                password.Length--;
            else if (!char.IsControl(key.KeyChar))
                password.Append(key.KeyChar);
        }

        return password.ToString();
    }
}
