using System.Text;
using LoadTesting.Hosts;
using LoadTesting.Providers.Inventory;

namespace LoadTesting.Tests.Providers.Inventory;

/// <summary>Of a machine that could not be looked at, Status and Destroy state that nothing is known, and not what it may have.</summary>
public sealed class MachinesThatDoNotAnswer : IHostConnector
{
    private const string Unknown = "could not be looked at; whether anything of fleet team-a is on them is not known";
    private const string ByHand = "by hand: each line of ~/.livekit-loadtest/settings-before";

    private readonly RecordingLog _log = new();
    private readonly Dictionary<string, Func<string>> _machines = new(StringComparer.Ordinal);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Are_not_told_to_be_put_back_by_hand()
    {
        _machines["one"] = () => throw new HostUnreachableException("no answer");
        _machines["two"] = () => throw LoadTestException.Invalid("it refuses the key");

        var error = await Should.ThrowAsync<LoadTestException>(() => Cloud.DestroyAsync(Cancellation));

        error.Message.ShouldContain($"2 of 2 machines {Unknown}");
        error.Message.ShouldContain("it refuses the key");
        error.Message.ShouldNotContain("put back");
        error.Message.ShouldNotContain(ByHand);
    }

    [Fact]
    public async Task Are_told_apart_from_one_that_was_not_put_back()
    {
        _machines["one"] = () => throw new HostUnreachableException("no answer");
        _machines["two"] = () => "problem\tsettings differ\ndone\n";
        _machines["three"] = () => "done\n";

        var error = await Should.ThrowAsync<LoadTestException>(() => Cloud.DestroyAsync(Cancellation));

        error.Message.ShouldContain("1 of 3 machines were not put back");
        error.Message.ShouldContain($"1 of 3 machines {Unknown}");
        error.Message.ShouldContain(ByHand);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("team-a me@here", true)]
    public async Task Leave_open_whether_there_is_a_fleet_unless_one_is_found(string mark, bool isFound)
    {
        _machines["one"] = () => throw new HostUnreachableException("no answer");
        _machines["two"] = () => mark;

        if (isFound)
        {
            (await Cloud.FleetsAsync(Cancellation)).ShouldHaveSingleItem().Name.ShouldBe("team-a");
        }
        else
        {
            (await Should.ThrowAsync<LoadTestException>(() => Cloud.FleetsAsync(Cancellation))).Message
                .ShouldContain("is not known: 1 of 2 could not be asked");
        }

        _log.Warnings.ShouldHaveSingleItem().ShouldContain("no answer");
    }

    public Task<IRemoteShell> ConnectAsync(FleetHost host, TimeSpan timeout, CancellationToken cancellation) =>
        Task.FromResult<IRemoteShell>(new Machine(_machines[host.Name]()));

    private InventoryCloud Cloud => new(
        [.. _machines.Keys.Select((name, index) => new FleetHost { Id = $"10.0.0.{index}", Name = name, Index = index, Status = "known" })],
        "hosts.yml", new FleetParameters { Name = "team-a" }, (new HostFleet(this, minServers: null, _log), _log));

    private sealed class Machine(string answer) : IRemoteShell
    {
        public Task<ShellResult> RunAsync(string script, TimeSpan deadline, CancellationToken cancellation) =>
            Task.FromResult(new ShellResult(0, Encoding.UTF8.GetBytes(answer), ""));

        public Task<IReadOnlyList<Exchange>> AskAsync(string script, int times, TimeSpan deadline, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task UploadAsync(Stream content, string path, bool executable, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task DownloadAsync(string path, long offset, Stream destination, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
