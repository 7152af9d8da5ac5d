using LoadTesting.Providers.OpenStack;
using LoadTesting.Providers.OpenStack.Credentials;

namespace LoadTesting.Tests.Providers.OpenStack;

/// <summary>Where credentials are looked for, what is made of them, and what is said when they do not do.</summary>
public sealed class CredentialSources : IDisposable
{
    private static readonly Dictionary<string, string> Complete = new(StringComparer.Ordinal)
    {
        ["OS_AUTH_URL"] = "https://cloud.example.com:5000", ["OS_USERNAME"] = "me", ["OS_PASSWORD"] = "the-secret",
        ["OS_PROJECT_NAME"] = "demo",
    };

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory();

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public void A_cloud_of_clouds_yaml_takes_its_secrets_from_secure_yaml_beside_it()
    {
        Write(".config/openstack/clouds.yaml", """
            clouds:
              other: { auth: { auth_url: "https://other" } }
              mine:
                auth_type: v3applicationcredential
                auth: { auth_url: "https://cloud.example.com/identity", application_credential_id: "id-1" }
                region_name: north
                interface: internal
                verify: false
            """);
        Write(".config/openstack/secure.yaml", "clouds: { mine: { auth: { application_credential_secret: the-secret } } }");

        var credentials = Find(new OpenStackParameters { OsCloud = "mine" });

        credentials.Login.ShouldBeOfType<ApplicationCredentialLogin>().Secret.Reveal().ShouldBe("the-secret");
        (credentials.AuthUrl.ToString(), credentials.Region, credentials.Interface, credentials.Insecure, credentials.Project)
            .ShouldBe(("https://cloud.example.com/identity/v3/", "north", "internal", true, null));
    }

    [Fact]
    public void An_unknown_cloud_is_refused_with_the_ones_there_are()
    {
        Write(".config/openstack/clouds.yaml", "clouds: { b: { auth: {} }, a: { auth: {} } }");

        Refused(new OpenStackParameters { OsCloud = "c" }).ShouldContain("expected one of a, b");
    }

    [Fact]
    public void A_clouds_yaml_that_is_no_yaml_is_refused_with_its_line()
    {
        Write(".config/openstack/clouds.yaml", "clouds:\n  a: [\n");

        Refused(new OpenStackParameters { OsCloud = "a" }).ShouldContain("clouds.yaml, line ");
    }

    [Fact]
    public void Without_any_of_them_all_ways_are_named()
    {
        var said = Refused(new OpenStackParameters());

        said.ShouldContain("--open-stack-rc: got '~/livekit-demo-rc.sh', which does not exist");
        said.ShouldContain("--os-cloud");
        said.ShouldContain("OS_AUTH_URL");
    }

    [Theory]
    [InlineData("https://cloud.example.com:5000", "https://cloud.example.com:5000/v3/")]
    [InlineData("https://cloud.example.com:5000/", "https://cloud.example.com:5000/v3/")]
    [InlineData("https://cloud.example.com:5000/v3", "https://cloud.example.com:5000/v3/")]
    [InlineData("https://cloud.example.com/identity/v3/", "https://cloud.example.com/identity/v3/")]
    [InlineData("https://cloud.example.com:5000/v2.0", "https://cloud.example.com:5000/v3/")]
    public void Keystones_address_is_taken_in_every_form(string given, string used) =>
        With(("OS_AUTH_URL", given)).AuthUrl.ToString().ShouldBe(used);

    [Theory]
    [InlineData("OS_AUTH_URL", "cloud.example.com", "OS_AUTH_URL: 'cloud.example.com' is given, an address such as")]
    [InlineData("OS_USERNAME", "", "OS_USERNAME or OS_USER_ID is not set")]
    [InlineData("OS_PASSWORD", "", "OS_PASSWORD is not set")]
    [InlineData("OS_PROJECT_NAME", "", "OS_PROJECT_NAME or OS_PROJECT_ID")]
    [InlineData("OS_IDENTITY_API_VERSION", "2.0", "OS_IDENTITY_API_VERSION: '2.0' is given, 3 is expected")]
    [InlineData("OS_AUTH_TYPE", "v3kerberos", "v3password, v3applicationcredential and v3token are known")]
    public void What_is_missing_or_wrong_is_named_and_no_secret_is_told(string variable, string value, string said)
    {
        var error = Should.Throw<LoadTestException>(() => With((variable, value)));

        error.ExitCode.ShouldBe(ExitCodes.InvalidParameters);
        error.Message.ShouldContain(said);
        error.Message.ShouldNotContain("the-secret");
    }

    [Fact]
    public void A_token_and_an_application_credential_by_name_are_logins_too()
    {
        With(("OS_PASSWORD", ""), ("OS_TOKEN", "a-token")).Login.ShouldBeOfType<TokenLogin>().Token.Reveal().ShouldBe("a-token");
        var login = With(("OS_APPLICATION_CREDENTIAL_NAME", "load"),
            ("OS_APPLICATION_CREDENTIAL_SECRET", "s")).Login.ShouldBeOfType<ApplicationCredentialLogin>();
        (login.Name, login.User).ShouldBe(("load", new IdentityReference(null, "me", "default", null)));
    }

    private static OpenStackCredentials With(params (string Name, string Value)[] variables)
    {
        var all = new Dictionary<string, string>(Complete, StringComparer.Ordinal);
        foreach (var (name, value) in variables)
            all[name] = value;
        return CredentialVariables.Read(all, "the environment");
    }

    private OpenStackCredentials Find(OpenStackParameters parameters) =>
        CredentialSource.Find(parameters, new Dictionary<string, string>(StringComparer.Ordinal), _home.FullName,
            _ => throw new InvalidOperationException("nothing is asked"));

    private string Refused(OpenStackParameters parameters)
    {
        var error = Should.Throw<LoadTestException>(() => Find(parameters));
        error.ExitCode.ShouldBe(ExitCodes.InvalidParameters);
        return error.Message;
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_home.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
