using System.Text.Json.Nodes;
using LoadTesting.Providers.OpenStack.Credentials;

namespace LoadTesting.Providers.OpenStack.Identity;

/// <summary>Writes the login that Keystone's POST /v3/auth/tokens wants. Pure.</summary>
internal static class TokenRequest
{
    public static string Write(OpenStackCredentials credentials)
    {
        var (method, body) = credentials.Login switch
        {
            PasswordLogin login => ("password", new JsonObject { ["user"] = Reference(login.User, ("password", login.Password)) }),
            ApplicationCredentialLogin login => ("application_credential", ApplicationCredential(login)),
            TokenLogin login => ("token", new JsonObject { ["id"] = login.Token.Reveal() }),
            var other => throw new InvalidOperationException($"A login of type {other.GetType().Name} has no request."),
        };
        var auth = new JsonObject { ["identity"] = new JsonObject { ["methods"] = new JsonArray(method), [method] = body } };
        if (credentials.Project is { } project)
            auth["scope"] = new JsonObject { ["project"] = Reference(project, null) };
        return new JsonObject { ["auth"] = auth }.ToJsonString();
    }

    private static JsonObject ApplicationCredential(ApplicationCredentialLogin login)
    {
        var body = new JsonObject { ["secret"] = login.Secret.Reveal() };
        if (login.Id is not null)
            body["id"] = login.Id;
        else
            (body["name"], body["user"]) = (login.Name, Reference(login.User!, null));
        return body;
    }

    private static JsonObject Reference(IdentityReference thing, (string Name, Secret Value)? secret)
    {
        var body = thing.Id is not null
            ? new JsonObject { ["id"] = thing.Id }
            : new JsonObject { ["name"] = thing.Name, ["domain"] = thing.DomainId is not null
                ? new JsonObject { ["id"] = thing.DomainId }
                : new JsonObject { ["name"] = thing.DomainName } };
        if (secret is var (name, value))
            body[name] = value.Reveal();
        return body;
    }
}
