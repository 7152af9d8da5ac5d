using System.Text.Json.Nodes;
using Packaging;

namespace LoadTesting.Tests.Packaging;

/// <summary>
/// The bill of materials is that of the lock file and of what is packed. The texts are shortened ones of the tool, NuGet and the SDK.
/// </summary>
public sealed class SbomTests
{
    private const string Published = """
        {
          "libraries": {
            "_build/0.1.0": { "type": "project" },
            "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/10.0.12": { "type": "runtimepack" },
            "Serilog/4.3.0": { "type": "package" }
          }
        }
        """;

    private const string LockFile = """
        {
          "dependencies": {
            "net10.0": {
              "Meziantou.Analyzer": { "type": "Direct", "resolved": "3.0.321" },
              "Serilog": { "type": "Direct", "resolved": "4.3.0" },
              "reporting": { "type": "Project" }
            }
          }
        }
        """;

    [Fact]
    public void Tells_what_is_packed_from_what_only_the_compiler_uses()
    {
        var (text, licences) = Sbom.Complete(Written("4.3.0", """{ "license": { "id": "Apache-2.0" } }"""), LockFile, Published);

        var sbom = JsonNode.Parse(text)!;
        sbom["components"]!.AsArray().Select(component => $"{component!["name"]}: {component["scope"]}")
            .ShouldBe(["Meziantou.Analyzer: excluded", "Microsoft.NETCore.App.Runtime.linux-x64: required", "Serilog: required"]);
        sbom["metadata"]!["component"]!["licenses"]![0]!["license"]!["id"]!.ToString().ShouldBe("MIT");
        sbom["metadata"]!["timestamp"].ShouldBeNull();
        licences.ShouldBe("""
            | package | version | licence |
            |---|---|---|
            | Microsoft.NETCore.App.Runtime.linux-x64 | 10.0.12 | MIT |
            | Serilog | 4.3.0 | Apache-2.0 |

            """);
    }

    [Theory]
    [InlineData("""{ "license": { "name": "Unknown - See URL", "url": "https://serilog.net/licence" } }""", "https://serilog.net/licence")]
    [InlineData("""{ "license": { "name": "Serilog License", "text": { "content": "TUlU" } } }""", "Serilog License")]
    [InlineData("""{ "license": { "id": "MIT" } }, { "license": { "id": "Apache-2.0" } }""", "MIT, Apache-2.0")]
    public void Names_the_licence_that_a_package_has(string licence, string named) =>
        Sbom.Complete(Written("4.3.0", licence), LockFile, Published).Licences.ShouldContain($"| Serilog | 4.3.0 | {named} |");

    [Fact]
    public void Is_refused_where_a_package_names_no_licence() =>
        Should.Throw<LoadTestException>(() => Sbom.Complete(Written("4.3.0", ""), LockFile, Published))
            .Message.ShouldStartWith("Serilog/4.3.0 names no licence");

    [Fact]
    public void Is_refused_where_the_lock_file_has_another_version() =>
        Should.Throw<LoadTestException>(() => Sbom.Complete(Written("4.3.1", """{ "license": { "id": "MIT" } }"""), LockFile, Published))
            .Message.ShouldContain("got Serilog/4.3.1, expected Serilog/4.3.0;");

    [Fact]
    public void Is_refused_where_the_lock_file_has_another_package()
    {
        var without = LockFile.Replace("Meziantou.Analyzer", "Roslynator.Analyzers", StringComparison.Ordinal);

        Should.Throw<LoadTestException>(() => Sbom.Complete(Written("4.3.0", """{ "license": { "id": "MIT" } }"""), without, Published))
            .Message.ShouldContain("got Meziantou.Analyzer/3.0.321, expected Roslynator.Analyzers/3.0.321;");
    }

    [Fact]
    public void Has_the_runtime_because_the_tool_reads_it_as_a_direct_package()
    {
        const string Assets = """
            {
              "targets": { "net10.0": { "Serilog/4.3.0": { "type": "package" } }, "net10.0/linux-x64": { "Serilog/4.3.0": { "type": "package" } } },
              "projectFileDependencyGroups": { "net10.0": ["Serilog >= 4.3.0"] }
            }
            """;

        var resolved = JsonNode.Parse(Sbom.WithRuntime(Assets, Published))!;

        resolved["projectFileDependencyGroups"]!["net10.0"]!.AsArray().Select(direct => direct!.ToString())
            .ShouldBe(["Serilog >= 4.3.0", "Microsoft.NETCore.App.Runtime.linux-x64 >= 10.0.12"]);
        resolved["targets"]!["net10.0"]!["Microsoft.NETCore.App.Runtime.linux-x64/10.0.12"]!["type"]!.ToString().ShouldBe("package");
    }

    private static string Written(string serilog, string licence) => $$"""
        {
          "metadata": { "timestamp": "2026-11-29T15:02:42Z", "component": { "type": "application", "name": "loadtest" } },
          "components": [
            { "name": "Meziantou.Analyzer", "version": "3.0.321", "scope": "required", "licenses": [{ "license": { "id": "MIT" } }] },
            {
              "name": "Microsoft.NETCore.App.Runtime.linux-x64", "version": "10.0.12", "scope": "required",
              "licenses": [{ "license": { "id": "MIT" } }]
            },
            { "name": "Serilog", "version": "{{serilog}}", "scope": "required", "licenses": [{{licence}}] }
          ]
        }
        """;
}
