using System.Reflection;
using Nuke.Common;

/// <summary>
/// Every parameter; what it is and its default are in the help classes of the engine. On the command line --participants-per-vm, in the
/// environment PARTICIPANTS_PER_VM.
/// </summary>
internal sealed partial class Build
{
    [Parameter(FleetHelp.Cloud, ValueProviderMember = nameof(Clouds))]
    readonly string Cloud = DefaultOf(FleetHelp.Cloud);

    [Parameter(InventoryHelp.Inventory)]
    readonly string? Inventory;

    [Parameter(InventoryHelp.InventoryGroup)]
    readonly string InventoryGroup = DefaultOf(InventoryHelp.InventoryGroup);

    [Parameter(FleetHelp.Fleet)]
    readonly string Fleet = DefaultOf(FleetHelp.Fleet);

    [Parameter(FleetHelp.InstanceCount)]
    readonly int? InstanceCount;

    [Parameter(FleetHelp.MinServers)]
    readonly int? MinServers;

    [Parameter(OpenStackHelp.InstanceFlavor)]
    readonly string InstanceFlavor = DefaultOf(OpenStackHelp.InstanceFlavor);

    [Parameter(OpenStackHelp.Image)]
    readonly string Image = DefaultOf(OpenStackHelp.Image);

    [Parameter(OpenStackHelp.Network)]
    readonly string Network = DefaultOf(OpenStackHelp.Network);

    [Parameter(OpenStackHelp.FloatingNetwork)]
    readonly string FloatingNetwork = DefaultOf(OpenStackHelp.FloatingNetwork);

    [Parameter(OpenStackHelp.AvailabilityZone)]
    readonly string? AvailabilityZone;

    [Parameter(OpenStackHelp.Spread)]
    readonly bool Spread;

    [Parameter(OpenStackHelp.KeyPair)]
    readonly string KeyPair = DefaultOf(OpenStackHelp.KeyPair);

    [Parameter(SshHelp.SshKey)]
    readonly string SshKey = DefaultOf(SshHelp.SshKey);

    [Parameter(SshHelp.SshKeyPassphrase), Secret]
    readonly string? SshKeyPassphrase;

    [Parameter(SshHelp.HostKeyCheck, ValueProviderMember = nameof(HostKeyChecks))]
    readonly string? HostKeyCheck;

    [Parameter(SshHelp.SshUser)]
    readonly string SshUser = DefaultOf(SshHelp.SshUser);

    [Parameter(SshHelp.SshPort)]
    readonly int SshPort = DefaultOf<int>(SshHelp.SshPort);

    [Parameter(SshHelp.SshJumpHost)]
    readonly string? SshJumpHost;

    [Parameter(OpenStackHelp.SshSource)]
    readonly string? SshSource;

    [Parameter(OpenStackHelp.SecurityGroup)]
    readonly string SecurityGroup = DefaultOf(OpenStackHelp.SecurityGroup);

    [Parameter(OpenStackHelp.OpenStackRc)]
    readonly string OpenStackRc = DefaultOf(OpenStackHelp.OpenStackRc);

    [Parameter(OpenStackHelp.OsCloud)]
    readonly string? OsCloud;

    [Parameter(FleetHelp.ExpiresAfter)]
    readonly Duration ExpiresAfter = DefaultOf<Duration>(FleetHelp.ExpiresAfter);

    [Parameter(FleetHelp.PricePerHour)]
    readonly decimal PricePerHour = DefaultOf<decimal>(FleetHelp.PricePerHour);

    [Parameter(FleetHelp.ServerRetries)]
    readonly int ServerRetries = DefaultOf<int>(FleetHelp.ServerRetries);

    [Parameter(FleetHelp.BootTimeout)]
    readonly Duration BootTimeout = DefaultOf<Duration>(FleetHelp.BootTimeout);

    [Parameter(FleetHelp.Replace)]
    readonly bool Replace;

    [Parameter(FleetHelp.TakeOver)]
    readonly bool TakeOver;

    [Parameter(FleetHelp.KeepServers)]
    readonly bool KeepServers;

    [Parameter(LoadHelp.ParticipantsPerVm)]
    readonly int ParticipantsPerVm = DefaultOf<int>(LoadHelp.ParticipantsPerVm);

    [Parameter(LoadHelp.AudioPublishersPerVm)]
    readonly int? AudioPublishersPerVm;

    [Parameter(LoadHelp.VideoPublishersPerVm)]
    readonly int? VideoPublishersPerVm;

    [Parameter(LoadHelp.SubscribersPerVm)]
    readonly int? SubscribersPerVm;

    [Parameter(LoadHelp.PublishingVms)]
    readonly int? PublishingVms;

    [Parameter(LoadHelp.Rooms)]
    readonly string Rooms = DefaultOf(LoadHelp.Rooms);

    [Parameter(LoadHelp.VideoResolution, ValueProviderMember = nameof(Resolutions))]
    readonly string VideoResolution = DefaultOf(LoadHelp.VideoResolution);

    [Parameter(LoadHelp.VideoCodec, ValueProviderMember = nameof(Codecs))]
    readonly string VideoCodec = DefaultOf(LoadHelp.VideoCodec);

    [Parameter(LoadHelp.Layout, ValueProviderMember = nameof(Layouts))]
    readonly string Layout = DefaultOf(LoadHelp.Layout);

    [Parameter(LoadHelp.JoinsPerSecond)]
    readonly double JoinsPerSecond = DefaultOf<double>(LoadHelp.JoinsPerSecond);

    [Parameter(LoadHelp.JoinLimit)]
    readonly Duration JoinLimit = DefaultOf<Duration>(LoadHelp.JoinLimit);

    [Parameter(LoadHelp.TestDuration)]
    readonly Duration TestDuration = DefaultOf<Duration>(LoadHelp.TestDuration);

    [Parameter(LoadHelp.Stages)]
    readonly string? Stages;

    [Parameter(LoadHelp.AbortWhen)]
    readonly string? AbortWhen;

    [Parameter(LoadHelp.SmokeJoin)]
    readonly bool SmokeJoin = DefaultOf<bool>(LoadHelp.SmokeJoin);

    [Parameter(CapacityHelp.CapacityFrom)]
    readonly int? CapacityFrom;

    [Parameter(CapacityHelp.CapacityTo)]
    readonly int? CapacityTo;

    [Parameter(CapacityHelp.CapacityStep)]
    readonly int? CapacityStep;

    [Parameter(CapacityHelp.StepDuration)]
    readonly Duration StepDuration = DefaultOf<Duration>(CapacityHelp.StepDuration);

    [Parameter(LiveKitHelp.LivekitUrl)]
    readonly string? LivekitUrl;

    [Parameter(LiveKitHelp.LivekitApiKey)]
    readonly string? LivekitApiKey;

    [Parameter(LiveKitHelp.LivekitApiSecret), Secret]
    readonly string? LivekitApiSecret;

    [Parameter(LiveKitHelp.LivekitKeyName)]
    readonly string? LivekitKeyName;

    [Parameter(LiveKitHelp.Kubeconfig)]
    readonly string Kubeconfig = DefaultOf(LiveKitHelp.Kubeconfig);

    [Parameter(LiveKitHelp.Context)]
    readonly string? Context;

    [Parameter(LiveKitHelp.Require, ValueProviderMember = nameof(Requirements))]
    readonly string? Require;

    [Parameter(LiveKitHelp.MonitorInterval)]
    readonly Duration MonitorInterval = DefaultOf<Duration>(LiveKitHelp.MonitorInterval);

    [Parameter(LiveKitHelp.LivekitMetricsUrl), Secret]
    readonly string? LivekitMetricsUrl;

    [Parameter(LiveKitHelp.LivekitNamespace)]
    readonly string LivekitNamespace = DefaultOf(LiveKitHelp.LivekitNamespace);

    [Parameter(SoftwareHelp.LkVersion)]
    readonly string LkVersion = DefaultOf(SoftwareHelp.LkVersion);

    [Parameter(SoftwareHelp.LkSha256)]
    readonly string? LkSha256;

    [Parameter(SoftwareHelp.LkMirror)]
    readonly string? LkMirror;

    [Parameter(SoftwareHelp.LkBinary)]
    readonly string? LkBinary;

    [Parameter(SoftwareHelp.HostPackages)]
    readonly string HostPackages = DefaultOf(SoftwareHelp.HostPackages);

    [Parameter(ResultsHelp.Thresholds)]
    readonly string? Thresholds;

    [Parameter(ResultsHelp.Baseline)]
    readonly string? Baseline;

    [Parameter(ResultsHelp.KeepHistory)]
    readonly int KeepHistory = DefaultOf<int>(ResultsHelp.KeepHistory);

    [Parameter(ResultsHelp.ResultsDirectory)]
    readonly string ResultsDirectory = DefaultOf(ResultsHelp.ResultsDirectory);

    [Parameter(ToolHelp.RehearsalScenario, ValueProviderMember = nameof(Scenarios))]
    readonly string RehearsalScenario = DefaultOf(ToolHelp.RehearsalScenario);

    static IEnumerable<string> Clouds => ChoicesOf(FleetHelp.Cloud);

    static IEnumerable<string> HostKeyChecks => ChoicesOf(SshHelp.HostKeyCheck);

    static IEnumerable<string> Requirements => ChoicesOf(LiveKitHelp.Require);

    static IEnumerable<string> Resolutions => ChoicesOf(LoadHelp.VideoResolution);

    static IEnumerable<string> Codecs => ChoicesOf(LoadHelp.VideoCodec);

    static IEnumerable<string> Layouts => ChoicesOf(LoadHelp.Layout);

    static IEnumerable<string> Scenarios => ChoicesOf(ToolHelp.RehearsalScenario);

    static string ToolVersion =>
        typeof(Build).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
