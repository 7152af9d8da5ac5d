using System.Reflection;
using Nuke.Common;

/// <summary>
/// Every parameter: meaning, default, unit. On the command line --participants-per-vm, in the environment PARTICIPANTS_PER_VM.
/// </summary>
internal sealed partial class Build
{
    [Parameter("Where the machines come from: openstack, inventory (your own machines), or rehearsal (embedded). Default is openstack",
        ValueProviderMember = nameof(Clouds))]
    readonly string Cloud = "openstack";

    [Parameter("Ansible inventory, INI or YAML, of the machines to use with --cloud inventory")]
    readonly string? Inventory;

    [Parameter("Group of the inventory that is the fleet. Default is all")]
    readonly string InventoryGroup = "all";

    [Parameter("Name of the fleet, part of every name and of the mark; two fleets do not touch each other. Default is livekit-loadtest")]
    readonly string Fleet = "livekit-loadtest";

    [Parameter("Number of VMs. Default is 10, or all machines of the inventory")]
    readonly int? InstanceCount;

    [Parameter("Go on while at least so many VMs are left. Default is all of them")]
    readonly int? MinServers;

    [Parameter("Flavor of the VMs, name or id. Default is c1.large")]
    readonly string InstanceFlavor = "c1.large";

    [Parameter("Image of the VMs, name or id. Default is Ubuntu-24.04-Noble")]
    readonly string Image = "Ubuntu-24.04-Noble";

    [Parameter("Network of the VMs, name or id. Default is internal")]
    readonly string Network = "internal";

    [Parameter("Network of the floating IPs, name or id; none: reach the VMs by their fixed address. Default is public")]
    readonly string FloatingNetwork = "public";

    [Parameter("Availability zone of the VMs. Default is the cloud's choice")]
    readonly string? AvailabilityZone;

    [Parameter("Ask the cloud to put the VMs on different hypervisors, as far as it has them")]
    readonly bool Spread;

    [Parameter("Key pair of the VMs, made from the public key when the cloud lacks it. Default is livekit-demo")]
    readonly string KeyPair = "livekit-demo";

    [Parameter("Private key to reach the VMs; when there is none, a key is made for the run. Default is ~/.ssh/id_ed25519")]
    readonly string SshKey = "~/.ssh/id_ed25519";

    [Parameter("Passphrase of that key. Default is to ask for it on the terminal"), Secret]
    readonly string? SshKeyPassphrase;

    [Parameter("How hosts prove who they are: console, known-hosts or accept-new. Default is console; known-hosts with an inventory",
        ValueProviderMember = nameof(HostKeyChecks))]
    readonly string? HostKeyCheck;

    [Parameter("User on the VMs. Default is ubuntu")]
    readonly string SshUser = "ubuntu";

    [Parameter("Port of sshd on the VMs. Default is 22")]
    readonly int SshPort = 22;

    [Parameter("Jump host on the way to the VMs: user@host:port")]
    readonly string? SshJumpHost;

    [Parameter("From where SSH is let in: networks separated by commas. Default is from everywhere")]
    readonly string? SshSource;

    [Parameter("Security group of the VMs, made when the cloud lacks it. Default is load-test-sg")]
    readonly string SecurityGroup = "load-test-sg";

    [Parameter("OpenStack rc file; when there is none, clouds.yaml or OS_* variables. Default is ~/livekit-demo-rc.sh")]
    readonly string OpenStackRc = "~/livekit-demo-rc.sh";

    [Parameter("Name of a cloud in clouds.yaml, instead of the rc file")]
    readonly string? OsCloud;

    [Parameter("The fleet's mark says until when it may stand; Sweep deletes what has stood longer. Default is 4h")]
    readonly Duration ExpiresAfter = new(TimeSpan.FromHours(4));

    [Parameter("Price of a VM for an hour. Default is 0.10")]
    readonly decimal PricePerHour = 0.10m;

    [Parameter("How often a VM that ends in ERROR is replaced. Default is 2")]
    readonly int ServerRetries = 2;

    [Parameter("How long the VMs may take to boot. Default is 10m")]
    readonly Duration BootTimeout = new(TimeSpan.FromMinutes(10));

    [Parameter("Make VMs anew whose flavor, image or network is not the wanted one. Default is to refuse")]
    readonly bool Replace;

    [Parameter("Use or destroy the fleet although somebody else made it")]
    readonly bool TakeOver;

    [Parameter("Do not destroy the fleet at the end")]
    readonly bool KeepServers;

    [Parameter("Participants on each VM. Default is 100: 10 % publish audio, half of them video too, 90 % subscribe")]
    readonly int ParticipantsPerVm = 100;

    [Parameter("Participants on each VM that publish audio. Default is 10 % of them")]
    readonly int? AudioPublishersPerVm;

    [Parameter("Participants on each VM that publish video. Default is half of those that publish audio")]
    readonly int? VideoPublishersPerVm;

    [Parameter("Participants on each VM that subscribe. Default is those that do not publish")]
    readonly int? SubscribersPerVm;

    [Parameter("How many VMs publish; the others only subscribe, all to the rooms of these. Default is all of them")]
    readonly int? PublishingVms;

    [Parameter("Rooms: one-per-vm, shared, or their number. Default is one-per-vm")]
    readonly string Rooms = "one-per-vm";

    [Parameter("Resolution of published video: low (180p), medium (360p) or high (720p). Default is low",
        ValueProviderMember = nameof(Resolutions))]
    readonly string VideoResolution = "low";

    [Parameter("Codec of published video: h264 or vp8. Default is h264", ValueProviderMember = nameof(Codecs))]
    readonly string VideoCodec = "h264";

    [Parameter("Layout that each subscriber simulates: speaker, 3x3, 4x4 or 5x5. Default is speaker",
        ValueProviderMember = nameof(Layouts))]
    readonly string Layout = "speaker";

    [Parameter("Participants that join each second on each VM, at most 10. Default is 5")]
    readonly double JoinsPerSecond = 5;

    [Parameter("How long the load is held after all have joined. Default is 5m")]
    readonly Duration TestDuration = new(TimeSpan.FromMinutes(5));

    [Parameter("Steps of the load: rising shares of it and how long each is held, such as 50%:1m,100%:5m, instead of --test-duration."
        + " Default is one step")]
    readonly string? Stages;

    [Parameter("Stops the load before its time, separated by commas: connected<50%, errors>10, silent>2, stalled>=1. Default is never")]
    readonly string? AbortWhen;

    [Parameter("Two participants try LiveKit for five seconds before the fleet loads it. Default is true")]
    readonly bool SmokeJoin = true;

    [Parameter("Capacity begins with so many participants, a multiple of --participants-per-vm. Default is those of one VM")]
    readonly int? CapacityFrom;

    [Parameter("Capacity goes up to so many participants. Default is those of all VMs")]
    readonly int? CapacityTo;

    [Parameter("Participants that each step of Capacity adds. Default is to double until a step breaks, then to bisect")]
    readonly int? CapacityStep;

    [Parameter("How long Capacity holds each step after all have joined. Default is 1m")]
    readonly Duration StepDuration = new(TimeSpan.FromMinutes(1));

    [Parameter("LiveKit URL, ws:// or wss://. Default is what the cluster says")]
    readonly string? LivekitUrl;

    [Parameter("LiveKit API key. Default is what the cluster says")]
    readonly string? LivekitApiKey;

    [Parameter("LiveKit API secret. Default is what the cluster says"), Secret]
    readonly string? LivekitApiSecret;

    [Parameter("Which of LiveKit's API keys in the cluster, when it has several")]
    readonly string? LivekitKeyName;

    [Parameter("Kubeconfig of the cluster under test, or several as in $KUBECONFIG."
        + " Default is ~/livekit-demo-k8s.config, where there is one")]
    readonly string Kubeconfig = "~/livekit-demo-k8s.config";

    [Parameter("Context of the kubeconfig. Default is its current-context")]
    readonly string? Context;

    [Parameter("What must be there for a test to start: cluster. Default is nothing but LiveKit",
        ValueProviderMember = nameof(Requirements))]
    readonly string? Require;

    [Parameter("How often the cluster is asked what cannot be watched: metrics, rooms. Default is 10s")]
    readonly Duration MonitorInterval = new(TimeSpan.FromSeconds(10));

    [Parameter("URLs of LiveKit's Prometheus ports, separated by commas, user:password@ allowed."
        + " Default is its pods, through the API server"),
        Secret]
    readonly string? LivekitMetricsUrl;

    [Parameter("Namespace of LiveKit in the cluster. Default is livekit")]
    readonly string LivekitNamespace = "livekit";

    [Parameter("Version of lk that the VMs download. Default is 2.18.1")]
    readonly string LkVersion = "2.18.1";

    [Parameter("SHA-256 of that version's archive, when it is not the default version")]
    readonly string? LkSha256;

    [Parameter("Where releases of lk are downloaded from, instead of GitHub")]
    readonly string? LkMirror;

    [Parameter("An lk binary of your own, uploaded to the VMs")]
    readonly string? LkBinary;

    [Parameter("Packages for people who log in to a VM, separated by commas, installed beside everything else; none: none."
        + " Default is sysstat,htop,iftop")]
    readonly string HostPackages = "sysstat,htop,iftop";

    [Parameter("What must hold, separated by commas. Default is audio-delivery>=95%, packet-loss<3%, connected>=99%, generator-cpu<80%")]
    readonly string Thresholds = new ResultsParameters().Thresholds;

    [Parameter("Run to compare with: a summary-stats.json, a results folder, or previous")]
    readonly string? Baseline;

    [Parameter("Folder of the results. Default is results")]
    readonly string ResultsDirectory = "results";

    [Parameter("What goes wrong in the rehearsal. Default is healthy", ValueProviderMember = nameof(Scenarios))]
    readonly string RehearsalScenario = "healthy";

    static IEnumerable<string> Clouds => ["openstack", "inventory", "rehearsal"];

    static IEnumerable<string> HostKeyChecks => ["console", "known-hosts", "accept-new"];

    static IEnumerable<string> Requirements => ["cluster"];

    static IEnumerable<string> Resolutions => ["low", "medium", "high"];

    static IEnumerable<string> Codecs => ["h264", "vp8"];

    static IEnumerable<string> Layouts => ["speaker", "3x3", "4x4", "5x5"];

    static IEnumerable<string> Scenarios =>
    [
        "healthy", "lossy", "outage", "saturated", "host-lost", "joins-fail", "server-error", "no-host", "quota", "slow-boot", "capacity",
    ];

    static string ToolVersion =>
        typeof(Build).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
