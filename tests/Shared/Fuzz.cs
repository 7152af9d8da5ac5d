using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Tests.Shared;

/// <summary>
/// Feeds genuine files with damage in them to whatever reads them: it must read or refuse each. FUZZ_INPUTS says how many of each kind,
/// FUZZ_SEED with which number to begin. One that breaks the rule is kept in tests/Corpus, with which every later run begins.
/// </summary>
internal static class Fuzz
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What files do not have and their readers may stumble over.</summary>
    private static readonly byte[][] Strange =
    [
        .. new[]
        {
            "-1", "0", "99999999999999999999", "1e999", "NaN", "\0", "\r\n", "\n\n", "\t", " ", "\"", "'", "\\", "${", "}", "$(", "`", "%",
                "&a", "*a", "<<: ", "- ", ": ", "null", "true", "[]", "{}",
            "[1:9999]", "😀", "\ud800", "#", "=", ";", ",", "|", "\u2502", "../", "2026-11-24T00:00:00Z",
        }.Select(Encoding.UTF8.GetBytes),
        Enumerable.Repeat((byte)'[', 2000).ToArray(),
        Enumerable.Repeat((byte)'{', 2000).ToArray(),
        Enumerable.Repeat((byte)'(', 2000).ToArray(),
        [0xff, 0xfe],
    ];

    /// <summary>The folder of those that once broke the rule.</summary>
    public static string Corpus { get; } = FindCorpus();

    /// <summary>How many inputs of each kind.</summary>
    public static int Inputs { get; } = Number("FUZZ_INPUTS", 1500);

    /// <summary>Feeds damaged files to a reader.</summary>
    /// <param name="files">Genuine ones.</param>
    /// <param name="read">The reader.</param>
    /// <param name="refusal">The error that it may give; null: none.</param>
    /// <param name="kind">What they are: the folder of those that once broke the rule.</param>
    public static async Task Each(IReadOnlyList<byte[]> files, Action<byte[]> read, Type? refusal = null,
        [CallerMemberName] string kind = "")
    {
        var corpus = Path.Combine(Corpus, kind);
        foreach (var kept in Directory.Exists(corpus) ? Directory.GetFiles(corpus) : [])
            await ReadAsync(await File.ReadAllBytesAsync(kept, TestContext.Current.CancellationToken), read, refusal, kept);

        var first = Number("FUZZ_SEED", 1);
        for (var seed = first; seed < first + Inputs; seed++)
            await ReadAsync(Damaged(files, seed), read, refusal, Path.Combine(corpus, $"{seed}"));
    }

    private static async Task ReadAsync(byte[] input, Action<byte[]> read, Type? refusal, string file)
    {
        try
        {
            await Task.Run(() => read(input)).WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        catch (Exception error) when (refusal?.IsInstanceOfType(error) == true)
        {
            // Refused, with a message.
        }
        catch (Exception error)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, input, CancellationToken.None);
            throw new InvalidOperationException(
                $"{file}, kept for every later run: {error.GetType().Name}: "
                + $"{error.Message}\n{Encoding.UTF8.GetString(input.AsSpan(0, Math.Min(input.Length, 2000)))}", error);
        }
    }

    /// <summary>A file with a few bytes changed, cut out, doubled, taken from another file, or its end cut off.</summary>
    public static byte[] Damaged(IReadOnlyList<byte[]> files, int seed)
    {
        var random = new Random(seed);
        var bytes = files[random.Next(files.Count)].ToList();
        for (var edits = random.Next(1, 20); edits > 0 && bytes.Count > 1; edits--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(100), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(300), bytes.Count - at)));
                    break;
                case 3:
                    bytes.InsertRange(at, Strange[random.Next(Strange.Length)]);
                    break;
                case 4:
                    var other = files[random.Next(files.Count)];
                    var from = random.Next(other.Length + 1);
                    bytes.InsertRange(at, other[from..Math.Min(other.Length, from + random.Next(200))]);
                    break;
                default:
                    if (random.Next(10) == 0)
                        bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }

    private static string FindCorpus()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LoadTest.sln")))
            folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? AppContext.BaseDirectory, "tests", "Corpus");
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : otherwise;
}
