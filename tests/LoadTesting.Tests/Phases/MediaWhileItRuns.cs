using System.Text;
using LoadTesting.Hosts;
using LoadTesting.Hosts.Agent;
using LoadTesting.LoadKinds;
using LoadTesting.Phases;

namespace LoadTesting.Tests.Phases;

/// <summary>A host during its run: whether media should arrive, and whether it does.</summary>
public sealed class MediaWhileItRuns
{
    private const int Flowing = 300_000;
    private const string Finished = "Finished connecting to room, waiting 30s\n";

    private readonly WatchedHost _host = new(new FleetHost { Id = "1", Name = "fleet-01", Index = 1, Status = "ACTIVE" },
        KnownKinds.Of(new LoadParameters()), participants: 3);
    private int _second;
    private long _bytes;
    private long _datagrams;

    [Fact]
    public void That_stops_is_told_from_when_it_stopped_until_it_comes_again()
    {
        Lk($"{Start(1, 2)}{Track(1)}{Track(2)}{Finished}");
        Arrive(Flowing, Flowing);
        _host.StalledSince.ShouldBeNull();

        Arrive(0, 0);
        _host.StalledSince.ShouldBe(At(_second - 2));

        Arrive(Flowing);
        _host.StalledSince.ShouldBeNull();
    }

    [Fact]
    public void Is_not_back_with_the_bytes_of_signalling()
    {
        Lk($"{Start(1, 2)}{Track(1)}{Track(2)}{Finished}");
        Arrive(Flowing, Flowing, 3_000, 3_000);
        var since = _host.StalledSince.ShouldNotBeNull();

        Signal(30_000, 60_000);

        _host.StalledSince.ShouldBe(since);
    }

    [Theory]
    [InlineData(1, 2, new int[0])] // no track came yet
    [InlineData(1, 4, new[] { 1 })] // of a quarter of them
    [InlineData(2, 0, new int[0])] // publishers alone
    [InlineData(0, 3, new int[0])] // subscribers alone
    public void That_has_not_begun_has_not_stopped(int publishers, int subscribers, int[] withTrack)
    {
        Lk($"{Start(publishers, subscribers)}{string.Concat(withTrack.Select(Track))}{Finished}");

        Arrive(Flowing, Flowing, 0, 0, 0);

        _host.StalledSince.ShouldBeNull();
    }

    [Fact]
    public void Is_missed_as_soon_as_half_of_the_subscribers_have_had_tracks()
    {
        Lk($"{Start(1, 4)}{Finished}");
        Arrive(0, 0, 0);

        Lk($"{Track(1)}{Track(2)}");
        Arrive(Flowing, 0, 0);

        _host.StalledSince.ShouldBe(At(_second - 2));
    }

    [Fact]
    public void Of_those_who_could_not_join_is_not_waited_for()
    {
        Lk($"{Start(1, 4)}could not connect Sub 2: no\ncould not connect Sub 3: no\n{Track(1)}{Finished}");
        Arrive(Flowing, 0, 0);

        _host.StalledSince.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("Track loading:\n", RunState.Running)]
    [InlineData("", RunState.Done)]
    public void That_ends_with_lk_has_not_stopped(string tables, RunState state)
    {
        Lk($"{Start(1, 2)}{Track(1)}{Track(2)}{Finished}");
        Arrive(Flowing, Flowing);

        Lk(tables, 0, state);
        Lk("", 0, state);
        Lk("", 0, state);

        _host.StalledSince.ShouldBeNull();
    }

    private static string Start(int publishers, int subscribers) =>
        $"Starting load test with 0 video publishers, {publishers} audio publishers, {subscribers} subscribers, room: r\n";

    private static string Track(int participant) => $"subscribed to track lt_{participant} TR_{participant} audio 1/1\n";

    private static DateTimeOffset At(int second) => DateTimeOffset.UnixEpoch.AddSeconds(second);

    private void Arrive(params int[] bytes) => Array.ForEach(bytes, some => Lk("", some));

    private void Signal(params int[] bytes) => Array.ForEach(bytes, some => Take("", some, 0, RunState.Running));

    private void Lk(string output, int bytes = Flowing, RunState state = RunState.Running) => Take(output, bytes, bytes / 200, state);

    private void Take(string output, int bytes, int datagrams, RunState state)
    {
        (_second, _bytes, _datagrams) = (_second + 1, _bytes + bytes, _datagrams + datagrams);
        _host.Take(new HostWatch(state, [new WatchedProcess("lk-1", Encoding.UTF8.GetBytes(output))], $"""
            === {_second}
            ==> proc/net/dev <==
              eth0: {_bytes} 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
            ==> proc/net/snmp <==
            Udp: InDatagrams NoPorts InErrors
            Udp: {_datagrams} 0 0

            """), At(_second));
    }
}
