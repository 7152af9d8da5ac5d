#!/usr/bin/env bash
# KubernetesClient (.NET): text that the .NET client writes as YAML is a number to the JavaScript client and to kubectl.
#
# Expected: a serializer that puts "on", "012" and "1e3" in quotes knows which text looks like something else, and quotes
#           all of it. At least the clients of the same project read the same manifest alike.
# Seen:     "+491234567", "0x1F" and "0o17" are written without quotes. The .NET client reads them back as the same text,
#           because the type of the field tells it to; the JavaScript client and kubectl read 491234567, 31 and 15.
# Matters:  values of ConfigMaps, environment variables and annotations must be text, so an API server refuses such a
#           manifest, and where any type goes (custom resources) the plus sign is lost. A test that writes and reads with
#           the .NET client passes, and so does the same manifest with "on" or "1e3", which are the values people test.
# Where two meet: KubernetesClient writes, @kubernetes/client-node reads; kubectl reads too if it is on the PATH.
# Needs:    the .NET SDK, node and npm; kubectl is asked if it is on the PATH.
set -euo pipefail
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

dotnet new console --name finding --output . >install.log || { cat install.log; exit 2; }
dotnet add package KubernetesClient --version 21.0.8 >install.log || { cat install.log; exit 2; }
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @kubernetes/client-node@1.4.0 || exit 2

cat >Program.cs <<'CS'
using System.Reflection;
using k8s;
using k8s.Models;

var written = new V1ConfigMap
{
    ApiVersion = "v1",
    Kind = "ConfigMap",
    Metadata = new V1ObjectMeta { Name = "finding" },
    Data = new Dictionary<string, string>
    {
        ["switch"] = "on",
        ["commit"] = "1e3",
        ["branch"] = "012",
        ["phone"] = "+491234567",
        ["mask"] = "0x1F",
        ["mode"] = "0o17",
    },
};
var yaml = KubernetesYaml.Serialize(written);
File.WriteAllText("configmap.yaml", yaml);
var read = KubernetesYaml.Deserialize<V1ConfigMap>(yaml);
var same = written.Data.All(entry => read.Data[entry.Key] == entry.Value);

var version = typeof(V1ConfigMap).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
Console.WriteLine($"KubernetesClient {version.Split('+')[0]} writes:");
Console.WriteLine(yaml);
Console.WriteLine($"KubernetesClient reads back: {(same ? "the same text" : "something else")}");
return same ? 0 : 3;
CS

cat >read.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { loadYaml } from '@kubernetes/client-node';

const { data } = loadYaml(readFileSync('configmap.yaml', 'utf8'));
console.log(JSON.stringify(data));
const expected = { switch: 'on', commit: '1e3', branch: '012', phone: 491234567, mask: 31, mode: 15 };
process.exitCode = Object.entries(expected).every(([key, value]) => data[key] === value) ? 0 : 3;
JS

dotnet build --verbosity quiet >build.log 2>&1 || { cat build.log; exit 2; }
status=0
echo 'Three of the six texts are written without quotes, and other readers of the same project see numbers:'
dotnet run --no-build || status=$?
printf '@kubernetes/client-node %s reads: ' "$(node -p "require('./node_modules/@kubernetes/client-node/package.json').version")"
node read.mjs || status=$?
if command -v kubectl >/dev/null; then
    printf 'kubectl %s reads: ' "$(kubectl version --client --output=json | sed -n 's/.*"gitVersion": "\(.*\)".*/\1/p')"
    seen=$(KUBECONFIG=/dev/null kubectl annotate --local --filename configmap.yaml finding=yes --output 'jsonpath={.data}')
    echo "$seen"
    for pair in '"phone":491234567' '"mask":31' '"mode":15'; do
        [[ $seen == *"$pair"* ]] || status=3
    done
else
    echo 'kubectl is not on the PATH: not asked.'
fi
case $status in
    0) echo 'The behaviour is as described.' ;;
    3) echo 'The behaviour changed.' && exit 1 ;;
    *) echo 'The program failed before it could see.' && exit 2 ;;
esac
