using System.Security.Cryptography;
using Nuke.Common.IO;

namespace Nuke.Common.Execution;

/// <summary>
/// The record of an attempt for <c>--continue</c>: the hash of its command line and the targets that succeeded, a line each.
/// </summary>
internal sealed class BuildAttempt(AbsolutePath temporaryDirectory)
{
    private readonly string _file = temporaryDirectory / "build-attempt.log";

    /// <summary>Starts the record anew.</summary>
    /// <returns>The targets that need not run again.</returns>
    public IReadOnlyCollection<string> Begin(IReadOnlyList<string> commandLine, bool goOn)
    {
        var hash = Hash(commandLine);
        var done = goOn ? DoneBefore(hash) : [];
        File.WriteAllLines(_file, [hash, .. done]);
        return done;
    }

    /// <summary>Adds a target that has succeeded.</summary>
    public void Append(string target) => File.AppendAllLines(_file, [target]);

    private string[] DoneBefore(string hash)
    {
        if (!File.Exists(_file))
            return [];

        var lines = File.ReadAllLines(_file);
        if (lines is [var first, ..] && first == hash)
            return lines[1..];

        Log.Warning("Build invocation changed. Restarting ...");
        return [];
    }

    // Targets and the values of parameters count, the names of parameters do not.
    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms",
        Justification = "not a secret: tells two command lines apart, as NUKE does")]
    private static string Hash(IReadOnlyList<string> commandLine) => Convert.ToHexStringLower(
        MD5.HashData(Encoding.UTF8.GetBytes(string.Join(' ', commandLine.Where(word => !word.StartsWith('-'))))));
}
