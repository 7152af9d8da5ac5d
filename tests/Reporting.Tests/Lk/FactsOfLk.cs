using Reporting.LoadKinds.Participants;
using Reporting.Raw.Lk;

namespace Reporting.Tests.Lk;

/// <summary>What we take for granted of lk, held to what every recorded version did.</summary>
public sealed class FactsOfLk
{
    /// <summary>lk prints its first line a little after its bucket began to fill.</summary>
    private const double Tolerance = 0.05;

    public static TheoryData<string> Healthy { get; } =
    [
        .. Capture.Names("lk").Where(name => Array.Exists(
            ["01-", "02-vm-20-", "02-vm-50-", "02-vm-100-", "04-", "06-", "19-", "25-", "26-"],
            beginning => name.Split('/')[2].StartsWith(beginning, StringComparison.Ordinal))),
    ];

    [Theory, MemberData(nameof(Healthy))]
    public void Nobody_is_seen_before_its_turn(string name)
    {
        var (start, rate, output) = Recorded(name);
        var late = Seen(output).Select(one => one.At - start - LkFacts.TurnSeconds(one.Participant, rate)).ToList();

        late.Count.ShouldBe(output.Start!.Participants);
        late.ShouldAllBe(seconds => seconds > -Tolerance);
    }

    [Fact]
    public void In_each_version_somebody_is_seen_before_a_turn_one_step_later()
    {
        var versions = Healthy.Select(row => row.Data).GroupBy(name => name.Split('/')[1], StringComparer.Ordinal).ToList();

        versions.Count.ShouldBeGreaterThan(3);
        versions.ShouldAllBe(version => version.Any(EarlierThanOneStepLater));
    }

    [Theory, MemberData(nameof(Healthy))]
    public void The_ramp_is_one_turn_longer_than_the_last_participants(string name)
    {
        var (start, rate, output) = Recorded(name);
        var ramp = LkFacts.RampUpSeconds(output.Start!.Participants, rate);

        ramp.ShouldBe((output.Start.Participants - 1) / rate, 1e-9);
        (output.ConnectedAt!.Value - start).ShouldBeInRange(ramp - Tolerance, ramp + 1.5);
    }

    [Theory]
    [InlineData(0, 5, 0)]
    [InlineData(1, 5, 0)]
    [InlineData(2, 5, 0.2)]
    [InlineData(11, 50, 1)] // never faster than 10 a second
    [InlineData(11, 0, 2)] // 0 is lk's own 5 a second
    public void Turns_computed_by_hand(int participant, double rate, double seconds) =>
        LkFacts.TurnSeconds(participant, rate).ShouldBe(seconds, 1e-9);

    private static bool EarlierThanOneStepLater(string name)
    {
        var (start, rate, output) = Recorded(name);
        return Seen(output).Any(one => one.Participant > 1 && one.At - start < (one.Participant / rate) - Tolerance);
    }

    private static (double Start, double Rate, LkOutput Output) Recorded(string name)
    {
        var capture = Capture.Of(name);
        var words = capture.Arguments.ToList();
        var given = words.IndexOf("--num-per-second") is >= 0 and var at
            ? double.Parse(words[at + 1], System.Globalization.CultureInfo.InvariantCulture)
            : 0;
        var output = capture.Parse();
        return (output.Start!.At!.Value, given > 0 ? Math.Min(given, LkFacts.MaxJoinsPerSecond) : 5, output);
    }

    /// <summary>When each participant was first heard of.</summary>
    private static IEnumerable<(int Participant, double At)> Seen(LkOutput output) =>
        output.Publications.Select(line => (line.Participant, line.At))
        .Concat(output.Subscriptions.Select(line => (line.Participant, line.At)))
        .GroupBy(line => line.Participant, (participant, lines) => (participant, lines.Min(line => line.At!.Value)));
}
