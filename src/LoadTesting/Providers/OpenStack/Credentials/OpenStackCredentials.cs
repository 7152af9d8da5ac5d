namespace LoadTesting.Providers.OpenStack.Credentials;

/// <summary>How to log in to a cloud, as rc files, clouds.yaml and OS_* variables say it.</summary>
public sealed record OpenStackCredentials
{
    /// <summary>Where they were found: a file, <c>cloud NAME in FILE</c>, or the environment.</summary>
    public required string Origin { get; init; }

    /// <summary>Names of the variables or entries that say who logs in where; never their values.</summary>
    public IReadOnlyList<string> Given { get; init; } = [];

    /// <summary>Keystone's address, ending in <c>/v3/</c>.</summary>
    public required Uri AuthUrl { get; init; }

    /// <summary>Who logs in.</summary>
    public required Login Login { get; init; }

    /// <summary>The project to act in; null where the login implies it (application credentials).</summary>
    public IdentityReference? Project { get; init; }

    /// <summary>The region whose services are used; null when there is only one.</summary>
    public string? Region { get; init; }

    /// <summary>Which addresses of the services are used: public, internal or admin.</summary>
    public string Interface { get; init; } = "public";

    /// <summary>File with the certificates of the authorities to trust (PEM); null for the machine's own.</summary>
    public string? CaFile { get; init; }

    /// <summary>Accept any server certificate.</summary>
    public bool Insecure { get; init; }
}

/// <summary>A thing that Keystone knows by id, or by name within a domain.</summary>
/// <param name="Id">Its id; null when it is given by name.</param>
/// <param name="Name">Its name; null when it is given by id.</param>
/// <param name="DomainId">Id of the domain of the name.</param>
/// <param name="DomainName">Name of the domain of the name.</param>
public sealed record IdentityReference(string? Id, string? Name, string? DomainId, string? DomainName);

/// <summary>Who logs in, in one of Keystone's ways.</summary>
public abstract record Login;

/// <summary>A user with a password (<c>v3password</c>).</summary>
public sealed record PasswordLogin(IdentityReference User, Secret Password) : Login;

/// <summary>An application credential, by id, or by name and user (<c>v3applicationcredential</c>).</summary>
public sealed record ApplicationCredentialLogin(string? Id, string? Name, IdentityReference? User, Secret Secret) : Login;

/// <summary>A token that was issued before (<c>v3token</c>); it cannot be renewed.</summary>
public sealed record TokenLogin(Secret Token) : Login;
