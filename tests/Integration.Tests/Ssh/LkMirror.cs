using System.Collections.Concurrent;
using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tests.Ssh;

/// <summary>A web server on the loopback interface with a release of lk as LiveKit publishes it.</summary>
public sealed class LkMirror : IAsyncDisposable
{
    public const string Version = "9.8.7";
    public const string Binary = "#!/bin/sh\necho lk version 9.8.7\n";
    private readonly WebApplication _web;

    public LkMirror(string address = "127.0.0.1")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://{address}:0");
        _web = builder.Build();
        _web.Run(AnswerAsync);
        _web.Start();
        Url = $"{_web.Urls.Single()}/releases";
    }

    public string Url { get; }

    public byte[] Archive { get; } = Pack();

    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Archive));

    /// <summary>How often each file was asked for.</summary>
    public ConcurrentDictionary<string, int> Asked { get; } = new();

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private static byte[] Pack()
    {
        var packed = new MemoryStream();
        using (var tar = new TarWriter(new GZipStream(packed, CompressionMode.Compress)))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "LICENSE") { DataStream = new MemoryStream("free"u8.ToArray()) });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile,
                "lk") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(Binary)) });
        }

        return packed.ToArray();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var file = Path.GetFileName(context.Request.Path.Value!);
        Asked.AddOrUpdate(file, 1, (_, count) => count + 1);
        var asset = $"lk_{Version}_linux_{(RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "amd64")}.tar.gz";
        var answer = file == asset ? Archive : file == "checksums.txt"
            ? Encoding.UTF8.GetBytes($"{new string('0', 64)}  other.zip\n{Sha256}  {asset}\n") : null;
        context.Response.StatusCode = answer is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        await context.Response.Body.WriteAsync(answer ?? []);
    }
}
