using System.Collections.Concurrent;
using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Tests.Ssh;

/// <summary>A web server on the loopback interface with a release of lk as LiveKit publishes it.</summary>
public sealed class LkMirror : IAsyncDisposable
{
    public const string Version = "9.8.7";
    public const string Binary = "#!/bin/sh\necho lk version 9.8.7\n";
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public LkMirror(string address = "127.0.0.1")
    {
        Url = $"http://{address}:{Sshd.FreePort()}/releases";
        _listener.Prefixes.Add($"{Url}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url { get; }

    public byte[] Archive { get; } = Pack();

    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Archive));

    /// <summary>How often each file was asked for.</summary>
    public ConcurrentDictionary<string, int> Asked { get; } = new();

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private static byte[] Pack()
    {
        var packed = new MemoryStream();
        using (var tar = new TarWriter(new GZipStream(packed, CompressionMode.Compress)))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "LICENSE") { DataStream = new MemoryStream("free"u8.ToArray()) });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "lk") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(Binary)) });
        }

        return packed.ToArray();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                Answer(await _listener.GetContextAsync());
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var file = Path.GetFileName(context.Request.Url!.AbsolutePath);
        Asked.AddOrUpdate(file, 1, (_, count) => count + 1);
        var asset = $"lk_{Version}_linux_{(System.Runtime.InteropServices.RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "amd64")}.tar.gz";
        var answer = file == asset ? Archive : file == "checksums.txt" ? Encoding.UTF8.GetBytes($"{new string('0', 64)}  other.zip\n{Sha256}  {asset}\n") : null;
        context.Response.StatusCode = answer is null ? 404 : 200;
        context.Response.Close(answer ?? [], willBlock: false);
    }
}
