using Nuke.Common.CI.GitHubActions;
using static Nuke.Common.CI.GitHubActions.GitHubActionsImage;
using static Nuke.Common.CI.GitHubActions.GitHubActionsPermissions;

/// <summary>
/// The workflows under .github/workflows. They are written by --generate-configuration, which a test does and compares, and not by every
/// local run: that would take a second of each. The cache holds packages only: .nuke/temp holds keys of fleets.
/// </summary>
[GitHubActions("load-test", UbuntuLatest,
    OnWorkflowDispatchOptionalInputs =
    [
        "NukeProfile", nameof(Cloud), nameof(InstanceCount), nameof(InstanceFlavor), nameof(ParticipantsPerVm), nameof(TestDuration),
        nameof(Rooms), nameof(VideoResolution), nameof(Layout), nameof(Thresholds),
    ],
    InvokedTargets = [nameof(Report)],
    ImportSecrets =
    [
        AuthUrl, Region, CredentialId, CredentialSecret, nameof(SshKeyText), nameof(KubeconfigText), nameof(LivekitUrl),
        nameof(LivekitApiKey), nameof(LivekitApiSecret),
    ],
    PublishCondition = "always()", ConcurrencyGroup = OneFleet, TimeoutMinutes = LongestRun,
    ReadPermissions = [Contents], CacheIncludePatterns = [Packages], AutoGenerate = false)]
[GitHubActions("nightly", UbuntuLatest,
    OnCronSchedule = "17 2 * * *",
    InvokedTargets = [nameof(Report)],
    ImportSecrets =
    [
        AuthUrl, Region, CredentialId, CredentialSecret, nameof(SshKeyText), nameof(KubeconfigText), nameof(LivekitUrl),
        nameof(LivekitApiKey), nameof(LivekitApiSecret),
    ],
    PublishCondition = "always()", ConcurrencyGroup = OneFleet, TimeoutMinutes = LongestRun,
    ReadPermissions = [Contents], CacheIncludePatterns = [Packages], AutoGenerate = false)]
[GitHubActions("sweep", UbuntuLatest,
    OnCronSchedule = "47 * * * *",
    InvokedTargets = [nameof(Sweep)],
    ImportSecrets = [AuthUrl, Region, CredentialId, CredentialSecret],
    PublishArtifacts = false, ConcurrencyGroup = "livekit-loadtest-sweep", TimeoutMinutes = 30,
    ReadPermissions = [Contents], CacheIncludePatterns = [Packages], AutoGenerate = false)]
[GitHubActions("test", UbuntuLatest,
    On = [GitHubActionsTrigger.Push, GitHubActionsTrigger.PullRequest],
    InvokedTargets = [nameof(Test)],
    PublishArtifacts = false, ConcurrencyCancelInProgress = true, TimeoutMinutes = 60,
    ReadPermissions = [Contents], CacheIncludePatterns = [Packages], AutoGenerate = false)]
internal sealed partial class Build
{
    private const string AuthUrl = "OS_AUTH_URL";
    private const string Region = "OS_REGION_NAME";
    private const string CredentialId = "OS_APPLICATION_CREDENTIAL_ID";
    private const string CredentialSecret = "OS_APPLICATION_CREDENTIAL_SECRET";
    private const string Packages = "~/.nuget/packages";
    private const string OneFleet = "livekit-loadtest";

    /// <summary>Minutes; less than the fleet's ownership tag allows, so that Sweep never takes a fleet in use.</summary>
    private const int LongestRun = 210;
}
