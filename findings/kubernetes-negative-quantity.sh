#!/usr/bin/env bash
# KubernetesClient (.NET): a negative quantity is written in exa and is another number when it is read back.
#
# Expected: the sign does not matter. "1Gi" is written as "1Gi", so "-1Gi" is written as "-1Gi".
# Seen:     "-1Gi" is written as "-0.0000000009313225746154785156Ei", and "-1500m" as "-0.0000000000000000015E". The largest
#           suffix is always taken, and the digits end before the value does: what is read back from this JSON is
#           -1073741823.99..., so it does not equal what was written, and ToInt64() is one byte off.
# Matters:  code that computes headroom (hard minus used of a ResourceQuota, allocatable minus requests of a node) and prints,
#           compares or stores it as a quantity. It is right while there is room, and wrong as soon as the limit is exceeded.
# Needs:    the .NET SDK.
set -euo pipefail
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

dotnet new console --name finding --output . >install.log || { cat install.log; exit 2; }
dotnet add package KubernetesClient --version 21.0.8 >install.log || { cat install.log; exit 2; }

cat >Program.cs <<'CS'
using System.Reflection;
using k8s;
using k8s.Models;

var version = typeof(ResourceQuantity).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
Console.WriteLine($"KubernetesClient {version.Split('+')[0]}, .NET {Environment.Version}");
Console.WriteLine("A positive quantity keeps its suffix and its value. A negative one is written in exa, and may come back as another:");

var asDescribed = true;
foreach (var (text, written, same) in new[]
{
    ("1Gi", "1Gi", true),
    ("-1Gi", "-0.0000000009313225746154785156Ei", false),
    ("1Mi", "1Mi", true),
    ("-1Mi", "-0.0000000000009094947017729282Ei", false),
    ("1500m", "1500m", true),
    ("-1500m", "-0.0000000000000000015E", true),
})
{
    var quantity = new ResourceQuantity(text);
    var json = KubernetesJson.Serialize(quantity);
    var back = KubernetesJson.Deserialize<ResourceQuantity>(json);
    var equal = back.Equals(quantity);
    FormattableString line = $"{text,6} -> {json,-37} {quantity.ToInt64(),11} -> {back.ToInt64(),11} {(equal ? "equal" : "not equal")}";
    Console.WriteLine(FormattableString.Invariant(line));
    asDescribed &= json == $"\"{written}\"" && equal == same;
}

return asDescribed ? 0 : 3;
CS

dotnet build --verbosity quiet >build.log 2>&1 || { cat build.log; exit 2; }
status=0
dotnet run --no-build || status=$?
case $status in
    0) echo 'The behaviour is as described.' ;;
    3) echo 'The behaviour changed.' && exit 1 ;;
    *) echo 'The program failed before it could see.' && exit 2 ;;
esac
