using k8s;
using k8s.Authentication;
using k8s.Exceptions;
using k8s.KubeConfigModels;

namespace LoadTesting.Cluster.Kubeconfigs;

/// <summary>How a kubeconfig's user proves who it is, beside a client certificate.</summary>
internal static class UserLogin
{
    private const string V1 = "client.authentication.k8s.io/v1";

    /// <summary>Puts the user's token, the file it is in, or the plugin that gets one, into the client's configuration.</summary>
    /// <returns>The certificate and key, in PEM, that a plugin gave; null when none did.</returns>
    public static (string Certificate, string Key)? Apply(KubeconfigEntry user, KubernetesClientConfiguration configuration)
    {
        Refuse(user);
        if (user.FilePath("tokenFile") is { } file)
            configuration.TokenProvider = new TokenFileAuth(Readable(user, file)); // before the token, as kubectl has it
        else if (user.Text("token") is { } token)
            configuration.AccessToken = token;
        return user.Mapping("exec") is { } exec ? Plugin(exec, configuration) : null;
    }

    private static void Refuse(KubeconfigEntry user)
    {
        if (user.Mapping("auth-provider") is { } provider)
            throw user.Fault("auth-provider",
                $"'{provider.Text("name")}' was removed from Kubernetes clients in 1.26; expected an exec plugin, such as "
                + "gke-gcloud-auth-plugin");
        if (user.Text("username") is not null)
            throw user.Fault("username",
                "API servers have accepted no user name and password since Kubernetes 1.19; expected a token, a client certificate or an "
                + "exec plugin");
        if (user.Text("as") is { } other)
            throw user.Fault("as",
                $"got '{other}', but impersonation is not supported; expected a separate user with the rights in "
                + "docs/guides/kubernetes-access.md");
    }

    private static string Readable(KubeconfigEntry user, string file)
    {
        try
        {
            return string.IsNullOrWhiteSpace(File.ReadAllText(file))
                ? throw user.Fault("tokenFile", $"'{file}' is empty; expected a token")
                : file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw user.Fault("tokenFile", $"'{file}' cannot be read: {error.Message}");
        }
    }

    private static (string Certificate, string Key)? Plugin(KubeconfigEntry exec, KubernetesClientConfiguration configuration)
    {
        var execution = Execution(exec);
        var status = Run(exec, execution).Status;
        if (status?.Token is { Length: > 0 })
            configuration.TokenProvider = new ExecTokenProvider(execution);
        return status switch
        {
            { ClientCertificateData.Length: > 0, ClientKeyData.Length: > 0 } => (status.ClientCertificateData, status.ClientKeyData),
            { Token.Length: > 0 } => null,
            _ => throw exec.Fault("command", $"'{execution.Command}' gave neither a token nor a client certificate"),
        };
    }

    private static ExternalExecution Execution(KubeconfigEntry exec)
    {
        var version = exec.Text("apiVersion") ?? throw exec.Fault("apiVersion", $"not set; expected {V1}");
        if (version is not (V1 or "client.authentication.k8s.io/v1beta1"))
            throw exec.Fault("apiVersion", $"got '{version}'; expected {V1}, or v1beta1");
        if (version == V1 && exec.Text("interactiveMode") is null)
            throw exec.Fault("interactiveMode", "not set; with apiVersion v1 it must be Never, IfAvailable or Always");

        return new ExternalExecution
        {
            ApiVersion = version,
            Command = Command(exec),
            Arguments = [.. exec.List("args")],
            EnvironmentVariables = [.. exec.Entries("env").Select(variable => new Dictionary<string, string>
            {
                ["name"] = variable.Text("name") ?? "",
                ["value"] = variable.Text("value") ?? "",
            })],
            InstallHint = exec.Text("installHint"),
        };
    }

    /// <summary>A command with a slash in it is relative to the kubeconfig, any other is searched for in PATH.</summary>
    private static string Command(KubeconfigEntry exec)
    {
        var command = exec.Text("command") ?? throw exec.Fault("command", "not set; expected the program that gets a token");
        if (command.Contains('/', Ordinal))
            return exec.FilePath("command")!;

        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder =>
            File.Exists(Path.Combine(folder, command)) || File.Exists(Path.Combine(folder, $"{command}.exe")));
        return found ? command : throw exec.Fault("command", $"'{command}' is not installed on this machine", exec.Text("installHint"));
    }

    private static ExecCredentialResponse Run(KubeconfigEntry exec, ExternalExecution execution)
    {
        try
        {
            return KubernetesClientConfiguration.ExecuteExternalCommand(execution);
        }
        catch (KubeConfigException error) when (error.Message.Contains("api version", OrdinalIgnoreCase))
        {
            throw exec.Fault("apiVersion", $"is {execution.ApiVersion}, but '{execution.Command}' answered with another");
        }
        catch (Exception error)
            when (error is KubeConfigException or JsonException or System.ComponentModel.Win32Exception
            or InvalidOperationException)
        {
            // The library's message may hold what the plugin printed, and that may be a token.
            throw exec.Fault("command",
                $"'{execution.Command}' gave no credential ({error.GetType().Name}); expected an ExecCredential in JSON and exit code 0",
                exec.Text("installHint"));
        }
    }
}
