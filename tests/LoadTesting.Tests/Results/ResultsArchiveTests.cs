using System.Formats.Tar;
using System.IO.Compression;
using LoadTesting.Results;

namespace LoadTesting.Tests.Results;

public sealed class ResultsArchiveTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Files_come_out_as_they_went_in_and_replace_what_was_there()
    {
        Directory.CreateDirectory(At("vm-01"));
        File.WriteAllText(At("vm-01", "old"), "old");
        var archive = Pack(new PaxTarEntry(TarEntryType.RegularFile,
            "logs/lk-1.stdout") { DataStream = new MemoryStream("hello"u8.ToArray()) });

        ResultsArchive.Unpack(archive, At("vm-01"));

        File.ReadAllText(At("vm-01", "logs", "lk-1.stdout")).ShouldBe("hello");
        File.Exists(At("vm-01", "old")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/tmp/outside")]
    [InlineData("logs/../../outside")]
    public void Nothing_is_written_outside_the_folder(string name)
    {
        var archive = Pack(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream("x"u8.ToArray()) });

        Should.Throw<LoadTestException>(() => ResultsArchive.Unpack(archive, At("vm-01"))).Message.ShouldContain("outside");

        Directory.Exists(At("vm-01")).ShouldBeFalse();
    }

    [Fact]
    public void A_link_is_refused()
    {
        var archive = Pack(new PaxTarEntry(TarEntryType.SymbolicLink, "logs") { LinkName = "/etc" });

        Should.Throw<LoadTestException>(() => ResultsArchive.Unpack(archive, At("vm-01")));
    }

    [Fact]
    public void An_archive_that_was_cut_off_leaves_what_was_there()
    {
        Directory.CreateDirectory(At("vm-01"));
        File.WriteAllText(At("vm-01", "old"), "old");
        var archive = Pack(new PaxTarEntry(TarEntryType.RegularFile, "a") { DataStream = new MemoryStream(new byte[5000]) });
        var bytes = File.ReadAllBytes(archive);
        File.WriteAllBytes(archive, bytes[..(bytes.Length / 2)]);

        Should.Throw<LoadTestException>(() => ResultsArchive.Unpack(archive, At("vm-01")));

        File.Exists(At("vm-01", "old")).ShouldBeTrue();
    }

    private string At(params string[] parts) => Path.Combine([_folder.FullName, .. parts]);

    private string Pack(TarEntry entry)
    {
        var path = At("archive.tar.gz");
        using var writer = new TarWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest));
        writer.WriteEntry(entry);
        return path;
    }
}
