using Humanizer;
using LoadTesting.Hosts.Agent;
using LoadTesting.LiveKit;
using LoadTesting.LoadKinds;
using Reporting.Raw.Lk;

namespace LoadTesting.Phases;

/// <summary>
/// Asks every host whether it could start now: LiveKit answers it, lk runs, nothing else loads, there is room for results.
/// </summary>
/// <param name="context">What every phase is given.</param>
public sealed class PreparePhase(PhaseContext context)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ScriptTimeout = TimeSpan.FromSeconds(40);

    /// <summary>Room for lk's output and the samples of a run of an hour, several times over.</summary>
    private const long MinFreeKib = 200 * 1024;

    /// <summary>Machines that keep time by NTP agree to a few milliseconds.</summary>
    private static readonly TimeSpan MaxClockOffset = TimeSpan.FromSeconds(0.25);

    /// <summary>Fails with every host's reason when fewer hosts could start than are needed.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (await FleetRun.SkipsPhaseAsync(context, PhaseName.Prepare, cancellation))
            return;

        await new PreparedCluster(context).RunAsync(cancellation);
        var liveKit = await context.LiveKit(cancellation);
        var fleet = await context.ListAsync(cancellation);
        if (fleet.Count == 0)
            throw new LoadTestException("Prepare: the fleet has no servers.",
                "./build.sh Prepare makes them, unless Provision is skipped.");

        var answers = await context.Hosts.EachAsync(nameof(PhaseName.Prepare), fleet, ConnectTimeout, async (_, shell, token) => (
            Host: PreparedHost.Parse(await shell.RunAsync(PreparedHost.Script(liveKit), ScriptTimeout, token))
                .Require(liveKit.Url, MinFreeKib),
            Clock: await HostClock.MeasureAsync(shell, token)), cancellation);

        WarnOfClocks([.. answers.Where(answer => answer.Succeeded).Select(answer => (answer.Host.ShortName, answer.Value.Clock))]);
        var ready = answers.Where(answer => answer.Succeeded).Select(answer => answer.Value.Host).ToList();
        var host = fleet.First(one => answers.Any(answer => answer.Succeeded && answer.Host == one));
        context.Results.Trial = null;
        if (context.Parameters.Load.SmokeJoin)
            await TryAsync(host, liveKit, cancellation);
        context.Log.Say($"{Format.Counted(ready.Count, "host")} can start: {liveKit.Url} answers each of them, the key is accepted; "
            + $"{ready.Select(host => host.LkVersion).Distinct().Listed()}.");
    }

    /// <summary>Names the hosts whose clocks are not synchronised. Their start is corrected; the times in their own logs are not.</summary>
    private void WarnOfClocks(IReadOnlyList<(string Host, HostClock Clock)> hosts)
    {
        var others = HostClock.Median([.. hosts.Select(host => host.Clock)]);
        var adrift = hosts.Where(
            host => (host.Clock.Offset - others.Offset).Duration() - host.Clock.Uncertainty - others.Uncertainty > MaxClockOffset)
            .Select(host => $"{host.Host} by {(host.Clock.Offset - others.Offset).TotalSeconds:+0.0;-0.0} s").ToList();
        if (adrift.Count > 0)
        {
            context.Log.Warn($"Clocks that are not synchronised: {adrift.Listed()} against the other hosts. They still start "
                + "at the same instant, but their logs have the wrong time: `timedatectl set-ntp true` on the host corrects "
                + "the clock by NTP.");
        }
    }

    private async Task TryAsync(FleetHost host, LiveKitCredentials liveKit, CancellationToken cancellation)
    {
        var (load, id) = (context.Parameters.Load, RunId.Create(context.Time, Random.Shared));
        var results = await context.Hosts.TryEachAsync([host], ConnectTimeout, (_, shell, token) =>
            KnownKinds.Of(load).TryAsync(host.ShortName, shell, liveKit, load, id, token), cancellation);
        context.Hosts.Require("Smoke join", results);
        if (results[0].Value is not { } trial)
            return;
        if (trial.Fault is { } fault)
            throw fault;

        context.Results.Trial = trial.Kept;
        if (trial.Warning is { } warning)
            context.Log.Warn(warning);
    }
}

/// <summary>What a host reported before a run.</summary>
/// <param name="LkVersion">What <c>lk --version</c> printed.</param>
/// <param name="Answer">What LiveKit answered it.</param>
/// <param name="FreeKib">Free room in its home directory, in KiB.</param>
/// <param name="OtherLk">lk processes that run already.</param>
/// <param name="Location">Where LiveKit's answer leads, if it is a redirect.</param>
/// <param name="Server">What the server that answered calls itself.</param>
/// <param name="AheadOfLiveKit">Its clock minus that of LiveKit's answer, in whole seconds; null when the answer bore no date.</param>
public sealed record PreparedHost(
    string LkVersion, string Answer, long FreeKib, int OtherLk, string Location, string Server, TimeSpan? AheadOfLiveKit)
{
    /// <summary>
    /// lk signs the tokens itself, valid from now on for six hours (livekit/protocol, auth/accesstoken.go); LiveKit forgives a minute
    /// (go-jose, jwt.DefaultLeeway).
    /// </summary>
    private static readonly (TimeSpan Behind, TimeSpan Ahead) TokensHold = (TimeSpan.FromHours(6), TimeSpan.FromMinutes(1));

    private static readonly HostScript Prepare = new("prepare.sh");

    /// <summary>The script that asks; a token is in it.</summary>
    public static string Script(LiveKitCredentials liveKit)
    {
        var url = new Uri(liveKit.HttpUrl);
        var token = AccessToken.ForJoining(liveKit, "loadtest-check", TimeSpan.FromMinutes(5), TimeProvider.System);
        return Prepare.With(HostAgent.Home, liveKit.HttpUrl, token, url.Host, url.Port.ToString());
    }

    /// <summary>Reads the script's answer.</summary>
    public static PreparedHost Parse(ShellResult result)
    {
        var output = result.Lines.Select(line => line.Split('\t', 2)).Where(words => words.Length == 2)
            .ToLookup(words => words[0], words => words[1]);
        string Value(string name) => output[name].FirstOrDefault()?.Trim() ?? "";
        return new PreparedHost(
            Value("lk"), SignedTokens.Redact(Value("livekit")), Digits.Number<long>(Value("free")) ?? 0,
            Digits.Number<int>(Value("running")) ?? 0, Value("location"), Value("server"), Ahead(Value("date").Split('\t')));
    }

    private static TimeSpan? Ahead(string[] dates) =>
        dates.Length == 2 && RunFiles.FromEpoch(dates[0]) is { } own
        && DateTimeOffset.TryParseExact(dates[1], "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out var theirs)
            ? own - theirs
            : null;

    /// <summary>Itself, or an error that names the obstacle.</summary>
    /// <exception cref="LoadTestException">It cannot start.</exception>
    public PreparedHost Require(string url, long minFreeKib)
    {
        List<string> own = [.. ProcessIssues(minFreeKib)], all = [.. own, .. Refusals(url)];
        return all.Count == 0 ? this : throw new LoadTestException(
            string.Join("; ", all), exitCode: own.Count == 0 ? ExitCodes.InvalidParameters : ExitCodes.Failure);
    }

    private IEnumerable<string> Refusals(string url)
    {
        if (Answer == "connected")
            yield break;

        var status = Digits.Number<int>(Answer.Split(' ')[^1]) ?? 0;
        var fault = status == 0
            ? $"{url} does not answer as LiveKit does: '{Answer}'"
            : new LiveKitAnswer(status, Answer[..Answer.LastIndexOf($"{status}", Ordinal)])
            {
                Location = Location, Server = Server.Length > 0 ? Server : null,
            }.Fault(url);
        if (fault is not null)
            yield return fault;
    }

    private IEnumerable<string> ProcessIssues(long minFreeKib)
    {
        if (!LkVersion.Contains("version", Ordinal))
            yield return $"lk does not run: '{LkVersion}'";
        if (FreeKib < minFreeKib)
            yield return $"got {FreeKib / 1024} MiB free in the home directory, expected {minFreeKib / 1024} MiB or more";
        if (OtherLk > 0)
            yield return $"{OtherLk} lk processes run already";
        if (AheadOfLiveKit is { } ahead && (ahead > TokensHold.Ahead || -ahead > TokensHold.Behind))
        {
            var minutes = TimeSpan.FromMinutes(Math.Round(ahead.Duration().TotalMinutes));
            yield return $"its clock is {minutes.Humanize(2, CultureInfo.InvariantCulture)} "
                + $"{(ahead > TimeSpan.Zero ? "ahead of" : "behind")} "
                + "LiveKit's: LiveKit would reject every token that lk signs here; `timedatectl set-ntp true` corrects the clock";
        }
    }
}
