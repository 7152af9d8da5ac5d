using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Reporting.Tests.Browser;

/// <summary>A headless Chromium with one page, over the DevTools protocol (https://chromedevtools.github.io/devtools-protocol/).</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private readonly string _profile = Path.Combine(Path.GetTempPath(), $"chromium-{Guid.NewGuid():N}");
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _deadline =
        CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private Process? _process;
    private Task[] _drains = [];
    private int _id;

    private Chromium() => _deadline.CancelAfter(TimeSpan.FromMinutes(3));

    /// <summary>What the page did that it must not do: messages of the console, exceptions, breaches of its policy, requests.</summary>
    public List<string> Complaints { get; } = [];

    private string Page => Path.Combine(_profile, "report.html");

    /// <summary>Where Chromium is; null when it is not installed.</summary>
    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);

    /// <summary>Opens a page from a file and returns when it is loaded.</summary>
    public static async Task<Chromium> OpenAsync(string html, bool dark = false, int width = 1280)
    {
        var program = Find();
        Assert.SkipWhen(program is null, "Chromium is not installed.");
        var browser = new Chromium();
        try
        {
            await browser.StartAsync(program);
            await browser.LoadAsync(html, dark, width);
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>The value of an expression, awaited, in the page; our code is not bound by the page's policy.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        var answer = await CallAsync("Runtime.evaluate",
            new JsonObject { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true });
        return answer["exceptionDetails"] is { } problem
            ? throw new InvalidOperationException(problem.ToJsonString())
            : answer["result"]!["value"]?.DeepClone();
    }

    public async Task<JsonNode> CallAsync(string method, JsonObject? parameters = null)
    {
        var id = ++_id;
        var request = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(request), WebSocketMessageType.Text, true, _deadline.Token);
        while (true)
        {
            var message = await ReceiveAsync();
            if (message["id"]?.GetValue<int>() == id)
                return message["error"] is { } error
                    ? throw new InvalidOperationException($"{method}: {error.ToJsonString()}")
                    : message["result"]!;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
            await Task.WhenAll(_drains);
            _process.Dispose();
        }

        _deadline.Dispose();
        if (Directory.Exists(_profile))
            Directory.Delete(_profile, recursive: true);
    }

    private async Task StartAsync(string program)
    {
        _process = Process.Start(new ProcessStartInfo(program,
            ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-port=0",
                $"--user-data-dir={_profile}", "about:blank"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        string? address = null;
        while (address is null)
        {
            var line = await _process.StandardError.ReadLineAsync(_deadline.Token)
                ?? throw new InvalidOperationException("Chromium ended.");
            address = line.Split("DevTools listening on ").ElementAtOrDefault(1);
        }

        // Nobody reads the rest; a full pipe would stop Chromium.
        _drains = [_process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None),
            _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None)];
        using var http = new HttpClient();
        var pages = JsonNode.Parse(
            await http.GetStringAsync(new Uri($"http://{new Uri(address).Authority}/json/list"), _deadline.Token))!.AsArray();
        var page = pages.First(target => target!["type"]!.GetValue<string>() == "page")!;
        await _socket.ConnectAsync(new Uri(page["webSocketDebuggerUrl"]!.GetValue<string>()), _deadline.Token);
    }

    private async Task LoadAsync(string html, bool dark, int width)
    {
        await File.WriteAllTextAsync(Page, html, _deadline.Token);
        foreach (var domain in (string[])["Page", "Runtime", "Log", "Network"])
            await CallAsync($"{domain}.enable");
        await CallAsync("Emulation.setDeviceMetricsOverride",
            new JsonObject { ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600 });
        var scheme = new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" };
        await CallAsync("Emulation.setEmulatedMedia", new JsonObject { ["features"] = new JsonArray(scheme) });
        await CallAsync("Page.navigate", new JsonObject { ["url"] = new Uri(Page).AbsoluteUri });
        await EvaluateAsync(
            "new Promise(done => document.readyState === 'complete' && location.href !== 'about:blank' ? done() : "
            + "addEventListener('load', () => done()))");
    }

    private async Task<JsonNode> ReceiveAsync()
    {
        using var whole = new MemoryStream();
        var buffer = new byte[64 * 1024];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, _deadline.Token);
            await whole.WriteAsync(buffer.AsMemory(0, part.Count), _deadline.Token);
        }
        while (!part.EndOfMessage);

        var message = JsonNode.Parse(whole.ToArray())!;
        if (Complaint(message) is { } complaint)
            Complaints.Add(complaint);
        return message;
    }

    private string? Complaint(JsonNode message) => message["method"]?.GetValue<string>() switch
    {
        "Runtime.exceptionThrown" or "Runtime.consoleAPICalled" or "Log.entryAdded" => message["params"]!.ToJsonString(),
        "Network.requestWillBeSent" when message["params"]!["request"]!["url"]!.GetValue<string>() is var url
            && url != new Uri(Page).AbsoluteUri => $"request to {url}",
        _ => null,
    };
}
