using System.Text;
using System.Text.RegularExpressions;

namespace Rehearsal.Kubernetes;

/// <summary>What of the recorded cluster belongs to a scenario, and what its two pods carry.</summary>
/// <param name="Name">The scenario.</param>
internal sealed partial record ClusterScenario(string Name)
{
    private const string PodLimit = "pod-limit";
    private const string Capacity = "capacity";
    private const string Outage = "outage";
    private const string Returning = "returning";

    /// <summary>Cores that a LiveKit takes when it is idle, and for a participant (recordings capacity-020 to capacity-060).</summary>
    private const double IdleCores = 0.023;
    private const double CoresOfParticipant = 0.006;

    /// <summary>The pod with the rooms of odd numbers, which was recorded to be restarted, with its uid and node.</summary>
    private static readonly string[] First =
        ["livekit-livekit-server-f597754bd-8bhr5", "974ed420-babb-407d-8fa1-5d0552380ca3", "lk-node-4"];

    /// <summary>The pod with the others.</summary>
    private static readonly string[] Second =
        ["livekit-livekit-server-f597754bd-twd8x", "97f4e40c-32d4-4c67-a616-7cc4d2dc6846", "lk-node-1"];

    /// <summary>
    /// The pods' limit of cores, as recorded; in the scenario pod-limit what its busy pods were recorded to use, and in capacity each has
    /// half of what the server was held to.
    /// </summary>
    private double Limit => Name switch { PodLimit => 0.45, Capacity => 0.175, _ => 2 };

    /// <summary>Whether it belongs to the scenario. Pods that stayed unschedulable belong to busy pods only.</summary>
    /// <param name="kind">The kind of an object.</param>
    /// <param name="after">When it was seen, since the beginning.</param>
    /// <param name="ofRestart">Whether it was seen when the pod was restarted.</param>
    public bool Has(string kind, TimeSpan after, bool ofRestart) => ofRestart
        ? Name is Returning or Outage
        : Name == PodLimit || (after == TimeSpan.Zero && kind != "horizontalpodautoscalers");

    /// <summary>An object as it is in the scenario: where LiveKit stays away, both pods are like the one that was restarted.</summary>
    public IEnumerable<string> Told(string text, bool ofRestart)
    {
        if (Limit < 1)
            text = Cpu().Replace(text, $"\"cpu\":\"{Limit * 1000:0}m\"");
        if (!ofRestart || Name != Outage)
            return [text];

        var down = Running().Replace(text, "\"state\":{\"waiting\":{\"reason\":\"CrashLoopBackOff\"}}")
            .Replace("\"ready\":true", "\"ready\":false", Ordinal);
        down = Ready().Replace(down, "\"False\"");
        return [down, First.Zip(Second).Aggregate(down, (told, names) => told.Replace(names.First, names.Second, Ordinal))];
    }

    /// <summary>
    /// Whether a room is on a pod: those of odd numbers on the first, the others on the second; without a number, the sum of its bytes
    /// is one (as in Image/lk).
    /// </summary>
    public static bool IsOn(string pod, string room)
    {
        var number = room.Length > 0 && char.IsAsciiDigit(room[^1]) ? room[^1] - '0' : Encoding.UTF8.GetBytes(room).Sum(one => one);
        return pod == (number % 2 == 1 ? First[0] : Second[0]);
    }

    /// <summary>Whether a pod is one that is killed when a LiveKit is.</summary>
    public bool IsKilled(string pod) => pod == First[0] || (Name == Outage && pod == Second[0]);

    /// <summary>Whether a killed LiveKit comes back.</summary>
    public bool ComesBack => Name != Outage;

    /// <summary>The cores that a pod uses.</summary>
    public double Cores(double participants) => Name == PodLimit && participants > 0
        ? Limit
        : Math.Min(Limit, IdleCores + (CoresOfParticipant * participants));

    [GeneratedRegex("(?<=\"(limits|requests)\":\\{)\"cpu\":\"[0-9]+m?\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Cpu();

    [GeneratedRegex("\"state\":\\{\"running\":\\{[^}]*\\}\\}")]
    private static partial Regex Running();

    [GeneratedRegex("(?<=\"type\":\"(Containers)?Ready\",\"status\":)\"True\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Ready();
}
