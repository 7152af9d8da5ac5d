using LoadTesting.Hosts;

namespace Rehearsal.Tests;

/// <summary>
/// Fails a share of what is asked of hosts, host by host as the seed says: the connection is lost before or after the host acted,
/// its answer is cut or rubbish, or it says nothing until the deadline (which takes a moment here).
/// </summary>
internal sealed class FailingHosts(IHostConnector connector, int seed, double share) : IHostConnector
{
    private readonly Dictionary<string, Random> _random = new(StringComparer.Ordinal);

    public async Task<IRemoteShell> ConnectAsync(FleetHost host, TimeSpan timeout, CancellationToken cancellation)
    {
        if (Draw(host) >= 0)
            throw new HostUnreachableException($"no SSH within {timeout.TotalSeconds:0} s");
        return new Shell(await connector.ConnectAsync(host, timeout, cancellation), () => Draw(host));
    }

    /// <summary>Which fault the next call meets; negative: none.</summary>
    private int Draw(FleetHost host)
    {
        lock (_random)
        {
            if (!_random.TryGetValue(host.Name, out var random))
                _random[host.Name] = random = new Random((100 * seed) + host.Index);
            return random.NextDouble() < share ? random.Next(5) : -1;
        }
    }

    private sealed class Shell(IRemoteShell shell, Func<int> draw) : IRemoteShell
    {
        private const int After = 1;
        private const int Cut = 2;
        private const int Rubbish = 3;

        public async Task<ShellResult> RunAsync(string script, TimeSpan deadline, CancellationToken cancellation)
        {
            var fault = Begin(deadline);
            var result = await shell.RunAsync(script, deadline, cancellation);
            return fault switch
            {
                After => throw Lost(),
                Cut => result with { Output = result.Output[..(result.Output.Length / 2)] },
                Rubbish => result with { Output = Spoilt(result.Output.ToArray()) },
                _ => result,
            };
        }

        public async Task<IReadOnlyList<Exchange>> AskAsync(string script, int times, TimeSpan deadline, CancellationToken cancellation)
        {
            var fault = Begin(deadline);
            var exchanges = await shell.AskAsync(script, times, deadline, cancellation);
            return fault switch
            {
                After => throw Lost(),
                Cut => [.. exchanges.Take(times / 2)
                    .Select(exchange => exchange with { Answer = exchange.Answer[..(exchange.Answer.Length / 2)] })],
                Rubbish => [.. exchanges.Select(exchange => exchange with { Answer = "what time?" })],
                _ => exchanges,
            };
        }

        public async Task UploadAsync(Stream content, string path, bool executable, CancellationToken cancellation)
        {
            var fault = Begin(TimeSpan.FromMinutes(15));
            if (fault is Cut or Rubbish)
                throw Lost(); // half a file does not take the place of the old one
            await shell.UploadAsync(content, path, executable, cancellation);
            if (fault == After)
                throw Lost();
        }

        public async Task DownloadAsync(string path, long offset, Stream destination, CancellationToken cancellation)
        {
            var fault = Begin(TimeSpan.FromMinutes(15));
            using var all = new MemoryStream();
            await shell.DownloadAsync(path, offset, all, cancellation);
            var bytes = all.ToArray();
            await destination.WriteAsync(fault == Rubbish ? Spoilt(bytes) : fault is After or Cut ? bytes[..(bytes.Length / 2)] : bytes,
                cancellation);
            if (fault == After)
                throw Lost();
        }

        public ValueTask DisposeAsync() => shell.DisposeAsync();

        private int Begin(TimeSpan deadline) => draw() switch
        {
            0 => throw Lost(),
            4 => throw new HostUnreachableException($"no answer within {deadline.TotalSeconds:0} s"),
            var fault => fault,
        };

        private static HostUnreachableException Lost() => new("lost: the connection is closed");

        private static byte[] Spoilt(byte[] bytes)
        {
            for (var at = bytes.Length / 3; at < bytes.Length; at += 7)
                bytes[at] ^= 0x15;
            return bytes;
        }
    }
}
