using System.Security.Cryptography;

namespace Reporting.Rendering.Html;

/// <summary>
/// The scripts of the page: Apache ECharts, ours, and what they draw. They stand in the page and may ask nothing of anyone.
/// </summary>
internal static class PageScripts
{
    private static readonly string[] Programs =
        [PageTemplate.Resource("echarts.js"), PageTemplate.Resource("charts.js"), PageTemplate.Resource("tables.js")];

    /// <summary>The sources for <c>script-src</c> of the page's policy: these programs and no other.</summary>
    public static string Sources { get; } = string.Join(' ', Programs.Select(program => $"'sha256-{Hash(program)}'"));

    /// <summary>The end of the page; one without charts has no program for them.</summary>
    public static string Of(IReadOnlyList<Chart> charts)
    {
        if (charts.Count == 0)
            return $"<script>{Programs[^1]}</script>\n</body>\n</html>\n";

        // The serializer escapes what could end the element, and all that is not ASCII.
        var data = JsonSerializer.Serialize(charts, ChartJson.Default.IReadOnlyListChart);
        return $"<script type=\"application/json\" id=\"chart-data\">{data}</script>\n"
            + $"{string.Concat(Programs.Select(program => $"<script>{program}</script>\n"))}</body>\n</html>\n";
    }

    /// <summary>As browsers count it.</summary>
    public static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
