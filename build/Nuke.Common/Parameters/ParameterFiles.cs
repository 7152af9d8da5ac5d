using System.Text.Json;
using Nuke.Common.Execution;
using Nuke.Common.IO;

namespace Nuke.Common.Parameters;

/// <summary>
/// The files <c>.nuke/parameters.json</c> and <c>.nuke/parameters.PROFILE.json</c>; the profile named last is asked first.
/// </summary>
internal sealed class ParameterFiles(AbsolutePath root, IReadOnlyList<string> profiles, IReadOnlyList<MemberInfo> parameters)
{
    private readonly Dictionary<string, string> _passwords = [];

    // Read when a value is asked for, once: a missing or broken file warns for each parameter, as in NUKE.
    private readonly Lazy<IReadOnlyList<(JsonElement Values, string Profile)>> _files = new(() => [.. Read(root, profiles).Reverse()]);

    /// <summary>The name of a profile's file; the empty profile is the default one.</summary>
    public static string NameOf(string profile) => profile.Length == 0 ? "parameters.json" : $"parameters.{profile}.json";

    /// <summary>The value of the first file that has the key, in exactly this spelling.</summary>
    public object? Get(string name, Type type)
    {
        foreach (var (values, profile) in _files.Value)
        {
            if (values.TryGetProperty(name, out var value))
                return Convert(value, type, name, profile);
        }

        return null;
    }

    private static IEnumerable<(JsonElement Values, string Profile)> Read(AbsolutePath root, IReadOnlyList<string> profiles)
    {
        var files = profiles.Prepend(string.Empty).Select(profile => (File: root / ".nuke" / NameOf(profile), Profile: profile));
        foreach (var x in files.Where(file => file.Profile.Length > 0 || File.Exists(file.File)))
        {
            Assert.FileExists(x.File);
            using var document = JsonDocument.Parse(File.ReadAllBytes(x.File));
            yield return (document.RootElement.Clone(), x.Profile);
        }
    }

    private object? Convert(JsonElement value, Type type, string name, string profile)
    {
        var member = parameters.SingleOrDefault(parameter =>
            ParameterNames.Of(parameter).Equals(name, OrdinalIgnoreCase));
        var isPath = member is not null && BuildMembers.ScalarOf(BuildMembers.TypeOf(member)) == typeof(AbsolutePath);
        if (isPath)
            return value.GetString() is { } path ? Path.IsPathRooted(path) ? (AbsolutePath)path : root / path : null;
        if (member?.IsDefined(typeof(SecretAttribute)) == true)
            return SecretCipher.Decrypt(value.GetString() ?? string.Empty, PasswordFor(profile), name);
        return JsonConversion.To(value, type);
    }

    /// <summary>From <c>PARAMS_PROFILE_KEY</c>, or else from the person at the keyboard.</summary>
    private string PasswordFor(string profile) =>
        _passwords.TryGetValue(profile, out var known) ? known
        : _passwords[profile] = ParameterValues.Get<string>($"PARAMS{profile.ToUpperInvariant()}KEY")
            ?? ConsolePrompt.ForSecret($"Enter password for {NameOf(profile)}:");
}
