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
        var tooLong = sources.Order(StringComparer.Ordinal).SelectMany(file => File.ReadLines(Checkout.At(file))
            .Select((line, at) => (line.Length, Place: $"{file}:{at + 1}: {line.Length} columns"))
            .Where(line => line.Length > Limit).Select(line => line.Place));
        string.Join('\n', tooLong).ShouldBeEmpty();
    }
}
