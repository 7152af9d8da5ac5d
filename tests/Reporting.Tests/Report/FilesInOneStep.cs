using Reporting.Text;

namespace Reporting.Tests.Report;

public sealed class FilesInOneStep : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string Target => Path.Combine(_folder.FullName, "deep", "file");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_reader_sees_the_old_one_until_the_new_one_is_kept()
    {
        WholeFile.Write(Target, "old"u8);
        using (var file = new WholeFile(Target))
        {
            file.Stream.Write("new"u8);
            file.Stream.Flush();
            File.ReadAllText(Target).ShouldBe("old");
            file.Keep();
        }

        File.ReadAllText(Target).ShouldBe("new");
        Directory.GetFiles(Path.GetDirectoryName(Target)!).ShouldBe([Target]);
    }

    [Fact]
    public void One_that_is_given_up_leaves_nothing()
    {
        using (var file = new WholeFile(Target))
            file.Stream.Write("half"u8);

        Directory.GetFiles(Path.GetDirectoryName(Target)!).ShouldBeEmpty();
    }
}
