using LoadTesting.Hosts.Ssh;
using LoadTesting.Providers.OpenStack;

/// <summary>The parameters of the command line as the engine takes them.</summary>
internal sealed partial class Build
{
    private LoadTestParameters? _parameters;

    SshParameters Ssh => new()
    {
        Key = SshKeyFile,
        KeyPassphrase = SshKeyPassphrase is null ? null : new Secret(SshKeyPassphrase),
        HostKeyCheck = HostKeyCheck switch
        {
            "console" => LoadTesting.Hosts.Ssh.HostKeyCheck.Console,
            "known-hosts" => LoadTesting.Hosts.Ssh.HostKeyCheck.KnownHosts,
            "accept-new" => LoadTesting.Hosts.Ssh.HostKeyCheck.AcceptNew,
            _ => null,
        },
        User = SshUser,
        Port = SshPort,
        JumpHost = SshJumpHost,
        MadeKeys = TemporaryDirectory / "keys",
    };

    OpenStackParameters OpenStack => new()
    {
        RcFile = OpenStackRc,
        OsCloud = OsCloud,
        Flavor = InstanceFlavor,
        Image = Image,
        Network = Network,
        FloatingNetwork = FloatingNetwork is "" or "none" ? null : FloatingNetwork,
        KeyPair = KeyPair,
        SecurityGroup = SecurityGroup,
        AvailabilityZone = AvailabilityZone,
        Spread = Spread,
        SshSource = SshSource,
    };

    /// <summary>The parameters as the engine takes them.</summary>
    LoadTestParameters Parameters => _parameters ??= new()
    {
        Fleet = new FleetParameters
        {
            Name = Fleet,
            InstanceCount = Provider.HostCount ?? InstanceCount ?? DefaultOf<int>(FleetHelp.InstanceCount),
            MinServers = MinServers,
            ExpiresAfter = ExpiresAfter.Value,
            PricePerHour = PricePerHour,
            ServerRetries = ServerRetries,
            BootTimeout = BootTimeout.Value,
            Replace = Replace,
            TakeOver = TakeOver,
            Controller = Controller.Here(Environment.GetEnvironmentVariable),
        },
        HostPackages = LoadTesting.Hosts.Settings.HostPackages.Parse(HostPackages),
        Load = new LoadParameters
        {
            ParticipantsPerVm = ParticipantsPerVm,
            AudioPublishersPerVm = AudioPublishersPerVm,
            VideoPublishersPerVm = VideoPublishersPerVm,
            SubscribersPerVm = SubscribersPerVm,
            PublishingVms = PublishingVms,
            Rooms = LoadTesting.Model.Rooms.TryParse(Rooms, out var rooms) ? rooms : new Rooms(0),
            VideoResolution = VideoResolution,
            VideoCodec = VideoCodec,
            Layout = Layout,
            JoinsPerSecond = JoinsPerSecond,
            JoinLimit = JoinLimit.Value,
            TestDuration = TestDuration.Value,
            Stages = Stage.TryParse(Stages, out var stages) ? stages : [],
            AbortWhen = AbortWhen,
            SmokeJoin = SmokeJoin,
        },
        Capacity = new CapacityParameters { From = CapacityFrom, To = CapacityTo, Step = CapacityStep, StepDuration = StepDuration.Value },
        LiveKit = new LiveKitParameters
        {
            Url = LivekitUrl,
            ApiKey = LivekitApiKey,
            ApiSecret = LivekitApiSecret is null ? null : new Secret(LivekitApiSecret),
            KeyName = LivekitKeyName,
            Kubeconfig = KubeconfigFile,
            Context = Context,
            RequireCluster = Require == "cluster",
            MonitorInterval = MonitorInterval.Value,
            MetricsUrls = LiveKitParameters.Urls(LivekitMetricsUrl),
            Namespace = LivekitNamespace,
            LkVersion = LkVersion,
            LkBinary = LkBinary,
            LkSha256 = LkSha256,
            LkMirror = LkMirror ?? DefaultOf(SoftwareHelp.LkMirror),
        },
        Results = new ResultsParameters
        {
            Directory = Path.Combine(RootDirectory, ResultsDirectory),
            Thresholds = Thresholds ?? DefaultOf(ResultsHelp.Thresholds),
            ThresholdsGiven = Thresholds is not null,
            Baseline = Baseline,
            KeepHistory = KeepHistory,
        },
    };
}
