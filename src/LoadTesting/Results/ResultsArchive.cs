using System.Formats.Tar;
using System.IO.Compression;

namespace LoadTesting.Results;

/// <summary>Unpacks what a host sent. The host may be any user's machine: nothing is written outside the folder, no link is made.</summary>
public static class ResultsArchive
{
    /// <summary>Most bytes that an archive may unpack to: a day of samples of a large host fits.</summary>
    private const long MaxBytes = 8L << 30;

    /// <summary>Unpacks into a folder, which is there entirely or as it was before.</summary>
    /// <exception cref="LoadTestException">The archive is damaged or not what a host of ours sends.</exception>
    public static void Unpack(string archive, string folder)
    {
        var part = $"{folder}.part";
        Remove(part);
        Directory.CreateDirectory(part);
        try
        {
            using var reader = new TarReader(new GZipStream(File.OpenRead(archive), CompressionMode.Decompress));
            long bytes = 0;
            while (reader.GetNextEntry() is { } entry)
            {
                if (entry.Length > MaxBytes - bytes)
                    throw new InvalidDataException($"more than {MaxBytes} bytes came");
                bytes += entry.Length;
                Extract(entry, part);
            }
        }
        catch (Exception error)
            when (error is IOException or InvalidDataException or FormatException or UnauthorizedAccessException or ArgumentException
            or InvalidOperationException or ArithmeticException or NotSupportedException)
        {
            throw new LoadTestException($"its archive cannot be unpacked: {error.Message}", cause: error);
        }

        Remove(folder);
        Directory.Move(part, folder);
    }

    private static void Extract(TarEntry entry, string folder)
    {
        var target = Path.GetFullPath(Path.Combine(folder, entry.Name));
        if (!target.StartsWith(folder + Path.DirectorySeparatorChar, Ordinal))
            throw new InvalidDataException($"'{entry.Name}' lies outside the folder");

        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                Directory.CreateDirectory(target);
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile:
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                using (var file = File.Create(target))
                    entry.DataStream?.CopyTo(file);
                break;
            default:
                throw new InvalidDataException($"'{entry.Name}' is a {entry.EntryType}, neither file nor folder");
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
