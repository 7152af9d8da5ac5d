namespace LoadTesting.Tests.House;

/// <summary>No line of our C# is longer than .editorconfig allows, which no compiler enforces.</summary>
public sealed class LineLength
{
    private static int Limit { get; } = File.ReadLines(Checkout.At(".editorconfig"))
        .Where(line => line.StartsWith("max_line_length = ", StringComparison.Ordinal))
        .Select(line => int.Parse(line.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture)).Single();

    [Theory]
    [InlineData("src")]
    [InlineData("build")]
    [InlineData("tests")]
    public void Is_that_of_the_editorconfig(string folder)
    {
        var sources = Directory.EnumerateFiles(Checkout.At(folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Checkout.Folder, file))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")).ToList();

        sources.ShouldNotBeEmpty();
        string.Join('\n', sources.Order(StringComparer.Ordinal).SelectMany(TooLong)).ShouldBeEmpty();
    }

    /// <summary>What stands in a raw string literal is data, recorded or to be sent as it is: it is not broken.</summary>
    private static IEnumerable<string> TooLong(string file)
    {
        var (inside, number) = (false, 0);
        foreach (var line in File.ReadLines(Checkout.At(file)))
        {
            number++;
            var quotes = line.Split("\"\"\"").Length - 1;
            if (line.Length > Limit && !inside && quotes == 0)
                yield return $"{file}:{number}: {line.Length} columns";
            inside ^= quotes % 2 == 1;
        }
    }
}
