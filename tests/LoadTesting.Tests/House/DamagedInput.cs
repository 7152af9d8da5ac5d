using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using LoadTesting.Cluster;
using LoadTesting.Providers.Inventory;
using LoadTesting.Providers.OpenStack;
using LoadTesting.Providers.OpenStack.Credentials;
using LoadTesting.Results;
using LoadTesting.Tests.Cluster;
using Microsoft.Extensions.Time.Testing;

namespace LoadTesting.Tests.House;

/// <summary>Files that people write and hosts send are read, or refused with the error that says what would be right.</summary>
public sealed class DamagedInput : IDisposable
{
    private static readonly FakeTimeProvider WhenRecorded = new(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));
    private static readonly Dictionary<string, string> Nothing = new(StringComparer.Ordinal);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public Task Of_rc_files() => Fuzz.Each(
        [
            """
            export OS_AUTH_URL=https://keystone.example.com:5000/v3
            export OS_PROJECT_NAME="demo project" OS_USERNAME='de"mo'
            if [ -z "$OS_USER_DOMAIN_NAME" ]; then unset OS_USER_DOMAIN_NAME; fi
            echo "password for ${OS_PROJECT_NAME:-none}: "; read -sr OS_PASSWORD_INPUT
            export OS_PASSWORD=$OS_PASSWORD_INPUT # asked
            for name in a b; do export OS_X=a\ b; done
            """u8.ToArray(),
        ],
        bytes => CredentialVariables.Read(RcFile.Read(Encoding.UTF8.GetString(bytes), "rc.sh", _ => "word"), "rc.sh"),
        typeof(LoadTestException));

    [Fact]
    public Task Of_clouds_yaml()
    {
        var file = At(Path.Combine(".config", "openstack", "clouds.yaml"));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return Fuzz.Each(
            [
                ("clouds:\n  mine:\n    auth_type: v3applicationcredential\n    auth: { auth_url: \"https://cloud.example.com\", "u8
                    + "application_credential_id: id-1, application_credential_secret: x }\n    region_name: north\n"u8
                    + "    verify: false\n"u8).ToArray(),
                ("clouds:\n  mine:\n    auth:\n      auth_url: https://cloud.example.com\n      username: &me "u8
                    + "me\n      password: *me\n      project_name: demo\n"u8).ToArray(),
            ],
            bytes =>
            {
                File.WriteAllBytes(file, bytes);
                CredentialSource.Find(new() { OsCloud = "mine" }, Nothing, _folder.FullName, _ => "word");
            },
            typeof(LoadTestException));
    }

    [Fact]
    public Task Of_kubeconfigs()
    {
        // Nothing that could make a program start.
        var files = Directory.EnumerateFiles(Path.Combine(Recorded.Folder, "Kubeconfigs"), "*.yaml").Select(File.ReadAllText)
            .Where(text => !text.Contains("exec", StringComparison.Ordinal) && text.Length < 8000);
        return Fuzz.Each([.. files.Select(Encoding.UTF8.GetBytes)], bytes =>
        {
            File.WriteAllBytes(At("kubeconfig"), bytes);
            using var cluster = ClusterUnderTest.Open(new() { Kubeconfig = At("kubeconfig") }, _folder.FullName, WhenRecorded);
        }, typeof(LoadTestException));
    }

    [Theory]
    [InlineData("hosts")]
    [InlineData("hosts.yml")]
    public Task Of_inventories(string file) => Fuzz.Each(
        file == "hosts"
            ? [("jump.example.com\n[load]\nload-01 ansible_host=192.0.2.11 ansible_port=2222\nload[02:03].lab "u8
                + "ansible_user=\"load test\" # new\n[all:children]\nload\n[load:vars]\nansible_port = 22\n"u8).ToArray()]
            : [("all:\n  vars: { ansible_user: ubuntu }\n  children:\n    load:\n      hosts:\n        load-01: "u8
                + "{ ansible_host: 192.0.2.11 }\n        load[02:03]: { ansible_port: 2222 }\n"u8).ToArray()],
        bytes => InventoryFile.Read(Encoding.UTF8.GetString(bytes), file, "all"),
        typeof(LoadTestException));

    [Fact]
    public Task Of_archives() => Fuzz.Each([Archive()], bytes =>
    {
        using (var archive = new GZipStream(File.Create(At("archive")), CompressionLevel.Fastest))
            archive.Write(bytes);
        ResultsArchive.Unpack(At("archive"), At("vm-01"));
    }, typeof(LoadTestException));

    [Fact]
    public Task Of_durations_stages_and_conditions() =>
        Fuzz.Each(["1h30m"u8.ToArray(), "00:05:00"u8.ToArray(), "25%:1m,100%:5m"u8.ToArray(),
        "connected<50%,errors>10,silent>2"u8.ToArray(), "250ms"u8.ToArray()], bytes =>
    {
        var text = Encoding.UTF8.GetString(bytes);
        if (Duration.TryParse(text, out var duration))
            duration.Value.ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromDays(365), text);
        if (Stage.TryParse(text, out var stages))
            stages.ShouldNotBeEmpty();
        AbortCondition.Parse(text, out _);
    });

    private static byte[] Archive()
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "logs/"));
            foreach (var (name, text) in new[] { ("logs/lk-1.stdout", "Finished connecting\n"), ("metrics/samples.txt", "=== 1.5\n") })
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile,
                    name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        }

        return tar.ToArray();
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
