using System.Diagnostics;
using System.Globalization;
using Benchmarks;
using LoadTesting.Hosts;
using LoadTesting.Hosts.Ssh;
using Renci.SshNet;

// Connects to many hosts as the phases do, with host keys verified and a command on each, or with nothing but SSH.NET, as it comes or with
// the key exchange of the phases; prints seconds and the most memory. run.sh gives each way a process of its own.
// Arguments: ours|bare|x25519, the private key, the host's public key, a folder, the port, the number of hosts.
const int AtOnce = 128; // as HostFleet has it
var (key, folder, port, count) =
    (args[1], args[3], int.Parse(args[4], CultureInfo.InvariantCulture), int.Parse(args[5], CultureInfo.InvariantCulture));
List<string> addresses = [.. Enumerable.Range(0, count).Select(index => $"127.1.{index / 250}.{(index % 250) + 1}")];
await (args[0] == "ours" ? OursAsync() : BareAsync());

async Task OursAsync()
{
    var known = new KnownHosts(Path.Combine(folder, $"known_hosts-{Environment.ProcessId}"));
    var hostKey = HostKey.Parse(await File.ReadAllTextAsync(args[2]))!;
    await File.WriteAllLinesAsync(known.Path, addresses.Select(address => $"{address} {hostKey.Type} {hostKey.Base64}"));
    var watch = Stopwatch.StartNew();
    var opener = SshKey.Load(key);
    await using var connector = new SshConnector(new SshAccess
    {
        Parameters = new SshParameters { User = Environment.UserName, Port = port },
        Key = _ => opener,
        KnownHosts = known,
        Time = TimeProvider.System,
        Log = new Quiet(),
    });
    await using var hosts = new HostFleet(connector, minServers: null, new Quiet());
    var machines = addresses.Select(
        (address, index) => new FleetHost { Id = address, Name = address, Index = index, Status = "ACTIVE", Address = address }).ToList();
    await hosts.EachAsync("Connect", machines, TimeSpan.FromMinutes(2), (_, shell, _) => Task.FromResult(shell), CancellationToken.None);
    var connected = watch.Elapsed;
    await hosts.EachAsync("Command", machines, TimeSpan.FromMinutes(2),
        (_, shell, token) => shell.RunAsync(":", TimeSpan.FromMinutes(1), token), CancellationToken.None);
    Print(connected, watch.Elapsed - connected);
    Environment.Exit(0); // closing a thousand connections politely is not part of either
}

async Task BareAsync()
{
    var watch = Stopwatch.StartNew();
    using var opener = new PrivateKeyFile(key);
    using var slots = new SemaphoreSlim(AtOnce);
    await Task.WhenAll(addresses.Select(async address =>
    {
        await slots.WaitAsync();
        var connection = new ConnectionInfo(address, port, Environment.UserName,
            new PrivateKeyAuthenticationMethod(Environment.UserName, opener));
        if (args[0] == "x25519")
            connection.KeyExchangeAlgorithms.SetPosition("curve25519-sha256", 0);
        var client = new SshClient(connection);
        await Task.Factory.StartNew(client.Connect, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        slots.Release();
    }));
    Print(watch.Elapsed, TimeSpan.Zero);
    Environment.Exit(0);
}

static void Print(TimeSpan connected, TimeSpan command) =>
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"{connected.TotalSeconds:0.00} {command.TotalSeconds:0.00} {Memory() / 1024}"));

static long Memory() => File.ReadLines("/proc/self/status").Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
    .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)).Single();
