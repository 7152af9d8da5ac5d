namespace LoadTesting.Providers.OpenStack.Credentials;

/// <summary>Reads credentials out of OS_* variables, which is what all other forms are brought to. Pure.</summary>
public static class CredentialVariables
{
    private const string DefaultDomain = "default";

    /// <summary>Reads them. An empty variable counts as none.</summary>
    /// <param name="variables">The OS_* variables.</param>
    /// <param name="origin">Where they come from, for messages.</param>
    /// <exception cref="LoadTestException">Something is missing or cannot be used; names the variable, never its value.</exception>
    public static OpenStackCredentials Read(IReadOnlyDictionary<string, string> variables, string origin)
    {
        var os = new Variables(variables, origin);
        RefuseOldIdentity(os);
        os.Used.Clear();
        var (login, authUrl) = (ReadLogin(os), ReadAuthUrl(os));
        var project = ReadProject(os, login);
        return new OpenStackCredentials
        {
            Origin = origin,
            Given = [.. os.Used],
            AuthUrl = authUrl,
            Login = login,
            Project = project,
            Region = os["REGION_NAME"],
            Interface = Interface(os["INTERFACE"] ?? os["ENDPOINT_TYPE"]),
            CaFile = os["CACERT"],
            Insecure = IsTrue(os["INSECURE"]),
        };
    }

    private static void RefuseOldIdentity(Variables os)
    {
        if (os["IDENTITY_API_VERSION"] is { } version && !version.StartsWith('3'))
            throw os.Wrong("OS_IDENTITY_API_VERSION", $"'{version}' is given, 3 is expected: OpenStack removed Keystone v2.0 in 2018");
    }

    private static Login ReadLogin(Variables os) => LoginType(os) switch
    {
        "password" => new PasswordLogin(ReadUser(os) ?? throw os.Missing("OS_USERNAME or OS_USER_ID"), os.Need("PASSWORD")),
        "token" => new TokenLogin(new Secret(os["TOKEN"] ?? os["AUTH_TOKEN"] ?? throw os.Missing("OS_TOKEN"))),
        "applicationcredential" => ReadApplicationCredential(os),
        var other => throw os.Wrong("OS_AUTH_TYPE", $"'{other}' is given; v3password, v3applicationcredential and v3token are known"),
    };

    private static string LoginType(Variables os)
    {
        if (os["AUTH_TYPE"] is { } type)
        {
            var bare = type.StartsWith("v3", OrdinalIgnoreCase) ? type[2..] : type;
            return bare.Replace("_", "", Ordinal).ToLowerInvariant();
        }

        if (os["APPLICATION_CREDENTIAL_ID"] is not null || os["APPLICATION_CREDENTIAL_NAME"] is not null)
            return "applicationcredential";
        return os["PASSWORD"] is null && (os["TOKEN"] ?? os["AUTH_TOKEN"]) is not null ? "token" : "password";
    }

    private static ApplicationCredentialLogin ReadApplicationCredential(Variables os)
    {
        var secret = os.Need("APPLICATION_CREDENTIAL_SECRET");
        if (os["APPLICATION_CREDENTIAL_ID"] is { } id)
            return new ApplicationCredentialLogin(id, null, null, secret);
        var name = os["APPLICATION_CREDENTIAL_NAME"] ?? throw os.Missing("OS_APPLICATION_CREDENTIAL_ID");
        var user = ReadUser(os)
            ?? throw os.Missing("OS_USERNAME or OS_USER_ID (an application credential's name is unique only to its user)");
        return new ApplicationCredentialLogin(null, name, user, secret);
    }

    private static IdentityReference? ReadUser(Variables os) => Reference(os, ["USER_ID"], ["USERNAME"], "USER_DOMAIN");

    /// <summary>An application credential brings its project with it, and Keystone refuses one that is named besides.</summary>
    private static IdentityReference? ReadProject(Variables os, Login login) => login is ApplicationCredentialLogin
        ? null
        : Reference(os, ["PROJECT_ID", "TENANT_ID"], ["PROJECT_NAME", "TENANT_NAME"], "PROJECT_DOMAIN")
            ?? throw os.Missing("OS_PROJECT_NAME or OS_PROJECT_ID (without a project a token sees no servers)");

    /// <summary>By id, else by name within a domain; null when neither is given.</summary>
    private static IdentityReference? Reference(Variables os, string[] ids, string[] names, string domain)
    {
        if (os.First(ids) is { } id)
            return new(id, null, null, null);
        if (os.First(names) is not { } name)
            return null;
        if (os[domain + "_ID"] is { } domainId)
            return new(null, name, domainId, null);
        return os[domain + "_NAME"] is { } domainName
            ? new(null, name, null, domainName)
            : new(null, name, os["DEFAULT_DOMAIN"] ?? DefaultDomain, null);
    }

    private static Uri ReadAuthUrl(Variables os)
    {
        var given = os["AUTH_URL"] ?? throw os.Missing("OS_AUTH_URL");
        if (!Uri.TryCreate(given, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw os.Wrong("OS_AUTH_URL", $"'{given}' is given, an address such as https://cloud.example.com:5000/v3 is expected");
        var path = url.AbsolutePath.TrimEnd('/');
        if (path.EndsWith("/v2.0", Ordinal))
            path = path[..^"/v2.0".Length];
        if (!path.EndsWith("/v3", Ordinal))
            path += "/v3";
        return new UriBuilder(url) { Path = path + "/", Query = "", UserName = "", Password = "" }.Uri;
    }

    /// <summary>Also the older names, <c>publicURL</c>.</summary>
    private static string Interface(string? given)
    {
        var name = (given ?? "public").ToLowerInvariant();
        return name.EndsWith("url", Ordinal) ? name[..^3] : name;
    }

    private static bool IsTrue(string? text) => text?.ToLowerInvariant() is "1" or "true" or "yes" or "on";

    private sealed class Variables(IReadOnlyDictionary<string, string> all, string origin)
    {
        /// <summary>Names of those that were looked for and found.</summary>
        public SortedSet<string> Used { get; } = new(StringComparer.Ordinal);

        public string? this[string name]
        {
            get
            {
                if (!all.TryGetValue("OS_" + name, out var value) || value.Length == 0)
                    return null;
                Used.Add("OS_" + name);
                return value;
            }
        }

        /// <summary>The first that is set; those after it are not looked for.</summary>
        public string? First(string[] names) => names.Select(name => this[name]).FirstOrDefault(value => value is not null);

        public Secret Need(string name) => new(this[name] ?? throw Missing("OS_" + name));

        public LoadTestException Missing(string what) => LoadTestException.Invalid($"{origin}: {what} is not set.");

        public LoadTestException Wrong(string variable, string why) => LoadTestException.Invalid($"{origin}: {variable}: {why}.");
    }
}
