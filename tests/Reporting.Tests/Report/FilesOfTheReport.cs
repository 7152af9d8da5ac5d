using Reporting.Rendering.Json;

namespace Reporting.Tests.Report;

public sealed class FilesOfTheReport : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"report-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Are_all_there_and_nothing_else_is()
    {
        var paths = await ReportFiles.WriteAsync(Samples.Healthy, _directory, TestContext.Current.CancellationToken);

        paths[0].ShouldEndWith("final-report.html");
        Directory.GetFiles(_directory).ShouldBe(paths, ignoreOrder: true);
        SummaryJson.Read(await File.ReadAllTextAsync(paths[1], TestContext.Current.CancellationToken)).Run.ShouldBe(Samples.Healthy.Run);
    }

    [Fact]
    public async Task Replace_those_of_an_earlier_report()
    {
        await ReportFiles.WriteAsync(Samples.Healthy, _directory, TestContext.Current.CancellationToken);

        var paths = await ReportFiles.WriteAsync(Samples.Failed, _directory, TestContext.Current.CancellationToken);

        (await File.ReadAllTextAsync(paths[0], TestContext.Current.CancellationToken)).ShouldContain("<h1 id=\"verdict\">Failed</h1>");
    }

    [Fact]
    public async Task Stay_as_they_were_when_the_writing_is_cancelled()
    {
        var paths = await ReportFiles.WriteAsync(Samples.Healthy, _directory, TestContext.Current.CancellationToken);
        var before = await File.ReadAllTextAsync(paths[0], TestContext.Current.CancellationToken);

        await Should.ThrowAsync<OperationCanceledException>(
            () => ReportFiles.WriteAsync(Samples.Failed, _directory, new CancellationToken(canceled: true)));

        (await File.ReadAllTextAsync(paths[0], TestContext.Current.CancellationToken)).ShouldBe(before);
        Directory.GetFiles(_directory).Length.ShouldBe(5);
    }
}
