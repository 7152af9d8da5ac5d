using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace LoadTesting.Tests.Cluster;

/// <summary>One recorded HTTP exchange: the answer as it came, and what was asked.</summary>
internal sealed record Recorded(string Method, string Target, int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, string Body)
{
    public static string Folder { get; } = Path.Combine(
        typeof(Recorded).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "ProjectDirectory").Value!, "Cluster");

    /// <summary>The exchange of a transcript, <c>210-deployments-all-namespaces</c>.</summary>
    public static Recorded Of(string transcript)
    {
        var lines = File.ReadAllText(Path.Combine(Folder, "Transcripts", $"{transcript}.http")).Split('\n')
            .SkipWhile(line => line.StartsWith("### ", StringComparison.Ordinal)).ToList();
        var request = lines[0].Split(' ');
        var answer = lines.FindIndex(line => line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal));
        var blank = lines.FindIndex(answer, line => line.Length == 0);
        return new Recorded(
            request[0],
            request[1],
            int.Parse(lines[answer].Split(' ')[1]),
            [.. lines[(answer + 1)..blank].Select(line => line.Split(": ", 2)).Select(header => KeyValuePair.Create(header[0], header[1]))],
            string.Join('\n', lines[(blank + 1)..]));
    }

    /// <summary>A recorded list of all namespaces, as it is asked for in one of them.</summary>
    public Recorded InNamespace(string space)
    {
        var list = JsonNode.Parse(Body)!;
        list["items"] = new JsonArray(
            [.. list["items"]!.AsArray().Where(item => (string?)item!["metadata"]!["namespace"] == space)
            .Select(item => item!.DeepClone())]);
        return this with { Body = list.ToJsonString() };
    }

    /// <summary>The names of the items of a recorded list.</summary>
    public IReadOnlyList<string> Names() =>
        [.. JsonNode.Parse(Body)!["items"]!.AsArray().Select(item => (string)item!["metadata"]!["name"]!)];

    /// <summary>This list with other recorded objects as its items.</summary>
    public Recorded WithItems(params IEnumerable<Recorded> objects)
    {
        var list = JsonNode.Parse(Body)!;
        list["items"] = new JsonArray([.. objects.Select(recorded => JsonNode.Parse(recorded.Body))]);
        return this with { Body = list.ToJsonString() };
    }

    public async Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        foreach (var (name, value) in Headers.Where(
            header => header.Key is not ("Transfer-Encoding" or "Content-Encoding" or "Content-Length" or "Date")))
            context.Response.Headers.Append(name, value);
        await context.Response.WriteAsync(Body, context.RequestAborted);
    }
}
