using Nuke.Common;
using Nuke.Common.IO;
using Reporting;

/// <summary>What a run on a build server needs besides: files out of secrets, and a page that shows the outcome.</summary>
internal sealed partial class Build
{
    /// <summary>GitHub refuses a step summary above 1 MiB.</summary>
    private const int LongestStepSummary = 1_000_000;

    [Parameter(SshHelp.SshKeyText), Secret]
    readonly string? SshKeyText;

    [Parameter(LiveKitHelp.KubeconfigText), Secret]
    readonly string? KubeconfigText;

    static AbsolutePath SecretFiles => TemporaryDirectory / $"secrets-{Environment.ProcessId}";

    string SshKeyFile => SshKeyText is null ? SshKey : SecretFiles / "ssh-key";

    string KubeconfigFile => KubeconfigText is null ? Kubeconfig : SecretFiles / "kubeconfig";

    /// <summary>Readable by this user alone; they go when the program does.</summary>
    void WriteSecretFiles()
    {
        foreach (var (file, text) in new[] { (SshKeyFile, SshKeyText), (KubeconfigFile, KubeconfigText) })
        {
            if (text is null)
                continue;

            Directory.CreateDirectory(SecretFiles);
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var writer = new StreamWriter(file, options);
            writer.Write($"{text.ReplaceLineEndings("\n").TrimEnd('\n')}\n");
        }
    }

    static void DeleteSecretFiles()
    {
        if (Directory.Exists(SecretFiles))
            Directory.Delete(SecretFiles, recursive: true);
    }

    /// <summary>Shows the outcome on the page of a GitHub Actions run, also when there is no report to show.</summary>
    void WriteStepSummary()
    {
        if (Environment.GetEnvironmentVariable("GITHUB_STEP_SUMMARY") is not { Length: > 0 } page)
            return;

        if (_summary is not null)
        {
            var markdown = File.ReadAllText(Path.Combine(Parameters.Results.Directory, ReportFiles.Markdown));
            File.AppendAllText(page, markdown.Length <= LongestStepSummary
                ? markdown
                : $"{markdown[..LongestStepSummary]}\n\nThe rest is in {ReportFiles.Markdown}.\n");
        }
        else if (FailedTargets.Count > 0)
        {
            var failed = string.Join(", ", FailedTargets.Select(target => target.Name));
            File.AppendAllText(page, $"**{failed} failed, and there is no report.** The log of the step shows why.\n");
        }
    }
}
