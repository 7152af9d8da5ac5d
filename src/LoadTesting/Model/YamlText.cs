using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;

namespace LoadTesting.Model;

/// <summary>Reads YAML that others wrote.</summary>
internal static class YamlText
{
    /// <summary>The text as mappings, lists and strings.</summary>
    /// <exception cref="YamlException">It is not YAML.</exception>
    public static T Read<T>(string text) => Refusing(() => new DeserializerBuilder().Build().Deserialize<T>(text));

    /// <summary>The text as nodes that know their lines.</summary>
    /// <exception cref="YamlException">It is not YAML.</exception>
    public static YamlStream Nodes(string text) => Refusing(() =>
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return yaml;
    });

    /// <summary>Of some faults YamlDotNet reports only that its own state or event is not valid.</summary>
    private static T Refusing<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            throw new YamlException("not YAML", error);
        }
    }
}
