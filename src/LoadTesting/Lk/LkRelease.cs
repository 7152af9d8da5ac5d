using System.Collections.Frozen;
using System.Text.RegularExpressions;
using LoadTesting.Hosts.Agent;
using LoadTesting.Hosts.Settings;

namespace LoadTesting.Lk;

/// <summary>
/// A released lk. Each host downloads it for itself, so that a fleet does not wait for the controller's line; a host that has no
/// way out is given the archive from here. Nothing is unpacked whose SHA-256 is not the expected one.
/// </summary>
/// <param name="parameters">Version, mirror, checksum.</param>
/// <param name="http">Fetches what the controller needs itself; disposed of by its owner.</param>
public sealed partial class LkRelease(LiveKitParameters parameters, HttpClient http) : ILkInstaller, IDisposable
{
    /// <summary>How long a download may take.</summary>
    public static readonly TimeSpan Download = TimeSpan.FromMinutes(5);

    private const string Checksums = "checksums.txt";
    private const string Upload = $"{HostAgent.Home}/bin/lk.tar.gz";
    private static readonly HostScript Script = new("install-lk.sh");

    /// <summary>Archives whose checksum is known without asking, as a public project that downloads them verifies it.</summary>
    private static readonly FrozenDictionary<string, string> Pinned = new Dictionary<string, string>
    {
        ["lk_2.18.1_linux_amd64.tar.gz"] = "2185c98a3fd3c9e6ecf224ed6ebb1689c5abf17383db7d8294bec0056bb90c73",
    }.ToFrozenDictionary();

    private readonly string _version = Version().IsMatch(parameters.LkVersion)
        ? parameters.LkVersion
        : throw LoadTestException.Invalid($"--lk-version: got '{parameters.LkVersion}'; expected a version as 2.18.1, without a leading v");

    private readonly SemaphoreSlim _one = new(1);
    private readonly Dictionary<string, byte[]> _fetched = [];

    private Uri Folder => new($"{parameters.LkMirror.TrimEnd('/')}/v{_version}/");

    /// <inheritdoc/>
    public async Task<bool> InstallAsync(IRemoteShell shell, ConfiguredHost host, CancellationToken cancellation)
    {
        var asset = Asset(host.Architecture);
        var sha256 = parameters.LkSha256 ?? Pinned.GetValueOrDefault(asset) ?? await PublishedAsync(asset, cancellation);
        var script = Script.With(HostAgent.Home, new Uri(Folder, asset).AbsoluteUri, sha256);
        var output = await RunAsync(shell, script, cancellation);
        if (output is ["unreachable", ..])
        {
            using var archive = new MemoryStream(await FetchAsync(asset, cancellation), writable: false);
            await shell.UploadAsync(archive, Upload, executable: false, cancellation);
            output = await RunAsync(shell, script, cancellation);
        }

        return output switch
        {
            ["present"] => false,
            ["installed"] => true,
            ["damaged", var got] => throw new LoadTestException(
                $"{asset} has the wrong checksum: got {got}, expected {sha256}; it was deleted",
                "--lk-sha256 sets the expected checksum, --lk-mirror the source of the download."),
            _ => throw new LoadTestException($"lk could not be installed: {string.Join(' ', output)}"),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    /// <summary>The SHA-256 of an asset in the release's own list.</summary>
    private async Task<string> PublishedAsync(string asset, CancellationToken cancellation)
    {
        var list = Encoding.UTF8.GetString(await FetchAsync(Checksums, cancellation));
        var line = list.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return line.FirstOrDefault(words => words is [{ Length: 64 }, var name] && name == asset)?[0].ToLowerInvariant()
            ?? throw new LoadTestException($"lk {_version} has no {asset}",
                "--lk-version names another version, --lk-binary uploads a binary of your own.");
    }

    /// <summary>Fetches a file of the release, once for all hosts.</summary>
    private async Task<byte[]> FetchAsync(string name, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            return _fetched.TryGetValue(name, out var known)
                ? known
                : _fetched[name] = await http.GetByteArrayAsync(new Uri(Folder, name), cancellation);
        }
        catch (Exception error)
            when (error is HttpRequestException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            var why = error is HttpRequestException
                ? error.Message
                : $"no answer within {http.Timeout.TotalSeconds:0.#} s";
            throw new LoadTestException(
                $"{new Uri(Folder, name)} cannot be downloaded: {why}",
                "--lk-mirror names another place, --lk-binary uploads a binary of your own.",
                cause: error);
        }
        finally
        {
            _one.Release();
        }
    }

    private string Asset(string machine) =>
        $"lk_{_version}_linux_{machine switch { "x86_64" => "amd64", "aarch64" => "arm64", _ => machine }}.tar.gz";

    private static async Task<string[]> RunAsync(IRemoteShell shell, string script, CancellationToken cancellation)
    {
        var result = await shell.RunAsync(script, Download, cancellation);
        var line = result.Lines.LastOrDefault(line => line.StartsWith("lk ", Ordinal));
        return line?.Split(' ')[1..] ?? ["exit", "code", $"{result.ExitCode}:", result.Error.Trim()];
    }

    [GeneratedRegex(@"^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Version();
}
