using System.Diagnostics;
using System.Globalization;
using LoadTesting.Hosts;
using LoadTesting.Hosts.Ssh;

namespace Tests.Lab;

/// <summary>
/// A host of the lab: a network, processes and a root of its own, a real sshd, and one cable to this machine (lab-host.sh).
/// </summary>
public sealed class LabHost : IAsyncDisposable
{
    private static readonly TimeSpan Boot = TimeSpan.FromMinutes(1);
    private readonly Process _process;
    private string _pid = "";

    private LabHost(Process process, FleetHost machine, string controller, HostKey hostKey)
    {
        _process = process;
        Host = machine;
        Controller = controller;
        HostKey = hostKey;
    }

    /// <summary>The host as a cloud would list it.</summary>
    public FleetHost Host { get; }

    /// <summary>This machine's address at the other end of the cable.</summary>
    public string Controller { get; }

    /// <summary>The key by which the host proves who it is.</summary>
    public HostKey HostKey { get; }

    /// <summary>The name of this machine's end of the cable.</summary>
    public static string Link(int slot) => string.Create(CultureInfo.InvariantCulture, $"lab{slot:x}");

    /// <summary>Boots a host.</summary>
    /// <param name="folder">Where its files are; made.</param>
    /// <param name="index">Its number in the fleet.</param>
    /// <param name="slot">Its place among all networks of two that 198.18.0.0/15 has (RFC 2544 keeps those addresses for tests).</param>
    /// <param name="authorizedKey">The public key that opens it.</param>
    /// <param name="megabytes">The size of its disk.</param>
    public static async Task<LabHost> StartAsync(string folder, int index, int slot, string authorizedKey, int megabytes)
    {
        Directory.CreateDirectory(folder);
        var hostKey = SshKey.Create(Path.Combine(folder, "ssh_host_ed25519_key"));
        await File.WriteAllTextAsync(Path.Combine(folder, "authorized_keys"), authorizedKey + "\n");
        var (link, controller, address) = (Link(slot), Address(slot, 1), Address(slot, 2));
        var process = Process.Start(new ProcessStartInfo(
            "bash",
            [Path.Combine(AppContext.BaseDirectory, "Lab", "lab-host.sh"), "start", folder, link, address, controller,
                megabytes.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var name = string.Create(CultureInfo.InvariantCulture, $"lab-{index:00}");
        var machine = new FleetHost { Id = link, Name = name, Index = index, Status = "ACTIVE", Address = address };
        var host = new LabHost(process, machine, controller, HostKey.Parse(hostKey.PublicLine)!);
        try
        {
            var said = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Boot);
            host._pid = said?.Split(' ') is ["up", var pid] ? pid : throw new InvalidOperationException($"{name} did not boot: {said}");
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a script on the host, past its sshd, as somebody at its console would.</summary>
    /// <returns>What it wrote.</returns>
    public async Task<string> InsideAsync(string script)
    {
        using var process = Process.Start(
            new ProcessStartInfo("nsenter", ["-t", _pid, "--net", "--mount", "--pid", "--uts", "--root", "--wd", "bash", "-euc", script])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0
            ? said
            : throw new InvalidOperationException($"{Host.Name}: exit code {process.ExitCode} of: {script}");
    }

    /// <summary>The host is gone from one moment to the next: its processes, its network, its disk.</summary>
    public async Task PullThePlugAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await PullThePlugAsync();
        _process.Dispose();
    }

    private static string Address(int slot, int end)
    {
        var number = (slot * 4) + end;
        return string.Create(CultureInfo.InvariantCulture, $"198.{18 + (number >> 16)}.{(number >> 8) & 255}.{number & 255}");
    }
}
