using LoadTesting.Providers.OpenStack.Credentials;

namespace LoadTesting.Tests.Providers.OpenStack;

/// <summary>rc files as Horizon makes them and as people write them: read as a shell would, never run.</summary>
public sealed class RcFiles
{
    private const string Horizon = """
        #!/usr/bin/env bash
        # To use an OpenStack cloud you need to authenticate against the Identity service.
        export OS_AUTH_URL=https://keystone.example.com:5000/v3
        export OS_PROJECT_ID=3a5d7c0f1b9e4c2d
        export OS_PROJECT_NAME="demo project"
        export OS_USER_DOMAIN_NAME="Default"
        if [ -z "$OS_USER_DOMAIN_NAME" ]; then unset OS_USER_DOMAIN_NAME; fi
        export OS_PROJECT_DOMAIN_ID="default"
        # unset v2.0 items in case set
        unset OS_TENANT_ID
        unset OS_TENANT_NAME
        export OS_USERNAME="demo"
        echo "Please enter your OpenStack Password for project $OS_PROJECT_NAME as user $OS_USERNAME: "
        read -sr OS_PASSWORD_INPUT
        export OS_PASSWORD=$OS_PASSWORD_INPUT
        export OS_REGION_NAME="RegionOne"
        # Don't leave a blank variable, unset it if it was empty
        if [ -z "$OS_REGION_NAME" ]; then unset OS_REGION_NAME; fi
        export OS_INTERFACE=public
        export OS_IDENTITY_API_VERSION=3
        """;

    [Fact]
    public void Horizons_own_file_asks_for_the_password_and_nothing_else()
    {
        var asked = new List<string>();

        var credentials = CredentialVariables.Read(RcFile.Read(Horizon, "rc.sh", name => { asked.Add(name); return "pa$$ 'word\""; }),
            "rc.sh");

        asked.ShouldBe(["OS_PASSWORD_INPUT"]);
        credentials.AuthUrl.ToString().ShouldBe("https://keystone.example.com:5000/v3/");
        credentials.Region.ShouldBe("RegionOne");
        credentials.Project.ShouldBe(new IdentityReference("3a5d7c0f1b9e4c2d", null, null, null));
        var login = credentials.Login.ShouldBeOfType<PasswordLogin>();
        login.User.ShouldBe(new IdentityReference(null, "demo", null, "Default"));
        login.Password.Reveal().ShouldBe("pa$$ 'word\"");
    }

    [Theory]
    [InlineData("export OS_X=plain", "plain")]
    [InlineData("OS_X=plain; export OS_X", "plain")]
    [InlineData("export OS_X='it is $not a variable'", "it is $not a variable")]
    [InlineData("export OS_X=\"a \\\"quoted\\\" \\$word\"", "a \"quoted\" $word")]
    [InlineData("export OS_X=a\\ b", "a b")]
    [InlineData("export OS_X='ab'\"cd\"ef", "abcdef")]
    [InlineData("export OS_X=value # a comment", "value")]
    [InlineData("export OS_X=value#no-comment", "value#no-comment")]
    [InlineData("export OS_Y=one OS_X=${OS_Y}-two", "one-two")]
    [InlineData("  declare -x OS_X=value\r\n", "value")]
    [InlineData("export OS_X=first\nexport OS_X=second", "second")]
    [InlineData("export OS_X=one\\\ntwo", "onetwo")]
    public void A_value_is_what_a_shell_would_make_of_it(string text, string expected) =>
        RcFile.Read(text, "rc.sh", _ => "").ShouldContainKeyAndValue("OS_X", expected);

    [Theory]
    [InlineData("export OS_PASSWORD=$(pass show cloud)")]
    [InlineData("export OS_PASSWORD=`cat secret`")]
    [InlineData("export OS_PASSWORD=${SECRET:-none}")]
    public void What_only_a_shell_could_know_is_an_error_with_file_line_and_variable(string line)
    {
        var error = Should.Throw<LoadTestException>(() => RcFile.Read($"# first\n{line}\n", "project/rc.sh", _ => ""));

        error.ExitCode.ShouldBe(ExitCodes.InvalidParameters);
        error.Message.ShouldContain("project/rc.sh, line 2: OS_PASSWORD");
        error.Message.ShouldNotContain("pass show");
    }

    [Fact]
    public void Nothing_in_it_is_ever_run()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        RcFile.Read($"touch {file}\nOS_X=y touch {file}\nfor v in ${{!OS_*}}; do unset $v; touch {file}; done\nexport OS_USERNAME=me\n",
            "rc.sh", _ => "").ShouldHaveSingleItem().Value.ShouldBe("me");

        File.Exists(file).ShouldBeFalse();
    }
}
