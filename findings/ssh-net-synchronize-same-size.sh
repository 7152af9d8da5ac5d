#!/usr/bin/env bash
# SSH.NET: SftpClient.SynchronizeDirectories leaves a changed file as it is if the new content has the same length.
#
# Expected: as rsync: a file whose time or length differs is uploaded, so the newer local file replaces the remote one.
#           Folders inside the folder are synchronized too.
# Seen:     only the length is compared. "users: 900" does not replace "users: 100"; the call succeeds and returns an empty
#           list, which also means "nothing to do". "users: 5" replaces it. Folders inside are left out without a word.
# Matters:  the files that people synchronize to load generators and servers are small settings, where a change often keeps
#           the length: a count, a port, a key of the same kind. The next run uses the old setting, without a message.
# Needs:    the .NET SDK, and OpenSSH's sshd and ssh-keygen. No root: an own sshd on the loopback interface, ended at the end.
set -euo pipefail
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false

sshd=$(PATH="$PATH:/usr/sbin:/sbin" command -v sshd || true)
for program in "${sshd:-sshd}" ssh-keygen; do
    command -v "$program" >/dev/null || { echo "$program is missing: install OpenSSH's server and client." >&2; exit 2; }
done

work=$(mktemp -d)
pid=
finish() {
    if [[ -n $pid ]]; then
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    fi
    rm -rf "$work"
}
trap finish EXIT
cd "$work"

ssh-keygen -q -t ed25519 -N '' -f host
ssh-keygen -q -t ed25519 -N '' -f user
cat >config <<CONF
ListenAddress 127.0.0.1
HostKey $work/host
AuthorizedKeysFile $work/user.pub
PidFile none
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
Subsystem sftp internal-sftp
CONF

# sshd chooses no port by itself: take the first free one of some.
for port in $(shuf --input-range=20000-29999 --head-count=20); do
    "$sshd" -D -e -f config -p "$port" 2>sshd.log &
    pid=$!
    until grep -q 'Server listening' sshd.log || ! kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
    if kill -0 "$pid" 2>/dev/null; then break; fi
    pid=
done
[[ -n $pid ]] || { cat sshd.log >&2; exit 2; }

dotnet new console --name finding --output program >install.log || { cat install.log; exit 2; }
cd program
dotnet add package SSH.NET --version 2026.0.0 >install.log || { cat install.log; exit 2; }
cat >Program.cs <<'CS'
using System.Reflection;
using Renci.SshNet;

var (port, user, work) = (int.Parse(args[0]), args[1], args[2]);
var local = Directory.CreateDirectory(Path.Combine(work, "local")).FullName;
var remote = Directory.CreateDirectory(Path.Combine(work, "remote")).FullName;
Directory.CreateDirectory(Path.Combine(local, "folder"));
File.WriteAllText(Path.Combine(local, "folder", "more.yaml"), "more: true");

var version = typeof(SftpClient).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
Console.WriteLine($"SSH.NET {version.Split('+')[0]}");
Console.WriteLine("A changed file of the same length is not uploaded, and a folder inside never is:");

using var sftp = new SftpClient("127.0.0.1", port, user, new PrivateKeyFile(Path.Combine(work, "user")));
sftp.Connect();

// The time of each change is an hour after the change before it.
var time = DateTime.UtcNow;
string Change(string content)
{
    var file = Path.Combine(local, "settings.yaml");
    File.WriteAllText(file, content);
    File.SetLastWriteTimeUtc(file, time = time.AddHours(1));
    var uploaded = sftp.SynchronizeDirectories(local, remote, "*").Select(info => info.Name);
    var there = File.ReadAllText(Path.Combine(remote, "settings.yaml"));
    Console.WriteLine($"local \"{content}\": uploaded [{string.Join(", ", uploaded)}], remote \"{there}\"");
    return there;
}

var first = Change("users: 100");
var sameLength = Change("users: 900");
var otherLength = Change("users: 5");
var folder = Directory.Exists(Path.Combine(remote, "folder"));
Console.WriteLine($"folder inside: {(folder ? "uploaded" : "not uploaded")}");

return (first, sameLength, otherLength, folder) == ("users: 100", "users: 100", "users: 5", false) ? 0 : 3;
CS
dotnet build --verbosity quiet >build.log 2>&1 || { cat build.log; exit 2; }

"$sshd" -V 2>&1 | head -n 1 || true
status=0
dotnet run --no-build -- "$port" "$(id -un)" "$work" || status=$?
case $status in
    0) echo 'The behaviour is as described.' ;;
    3) echo 'The behaviour changed.' && exit 1 ;;
    *) echo 'The program failed before it could see.' && exit 2 ;;
esac
