using LoadTesting.Hosts.Ssh;
using LoadTesting.Providers.Inventory;

namespace LoadTesting.Tests.Providers.Inventory;

public sealed class Inventories : IDisposable
{
    private const string Ini = """
        # our lab
        jump.example.com

        [load]
        load-01 ansible_host=192.0.2.11 ansible_port=2222
        load[02:03].example.com ansible_user="load test" # the new ones

        [slow]
        load-01
        old.example.com:22022

        [all:vars]
        ansible_user=everybody

        [generators:children]
        load
        slow

        [generators:vars]
        ansible_ssh_private_key_file=~/.ssh/generators
        ansible_port=22

        [slow:vars]
        ansible_ssh_private_key_file = "/keys/slow"
        """;

    private const string Yaml = """
        all:
          vars:
            ansible_user: everybody
          hosts:
            jump.example.com:
          children:
            generators:
              vars: {ansible_ssh_private_key_file: ~/.ssh/generators, ansible_port: 22, packages: [htop]}
              children:
                load:
                  hosts:
                    load-01: {ansible_host: 192.0.2.11, ansible_port: 2222}
                    load[02:03].example.com:
                      ansible_user: load test
                slow:
                  vars:
                    ansible_ssh_private_key_file: /keys/slow
                  hosts:
                    load-01:
                    old.example.com: {ansible_port: 22022}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Ini_and_yaml_say_the_same_and_what_is_nearer_to_a_host_wins()
    {
        var ini = InventoryFile.Read(Ini, "hosts", "generators");
        var yaml = InventoryFile.Read(Yaml, "hosts.yml", "generators");

        ini.ShouldBe(yaml);
        ini.ShouldBe(
        [
            new InventoryHost("load-01", "192.0.2.11") { Port = 2222, User = "everybody", KeyFile = "/keys/slow" },
            new InventoryHost("load02.example.com", "load02.example.com") { Port = 22, User = "load test", KeyFile = "~/.ssh/generators" },
            new InventoryHost("load03.example.com", "load03.example.com") { Port = 22, User = "load test", KeyFile = "~/.ssh/generators" },
            new InventoryHost("old.example.com", "old.example.com") { Port = 22022, User = "everybody", KeyFile = "/keys/slow" },
        ]);
    }

    [Fact]
    public void Without_a_group_every_host_is_taken_in_the_order_of_the_file() =>
        InventoryFile.Read("a\n[x]\nb ansible_host=192.0.2.2\nc\n", "hosts", "all").Select(host => host.Name).ShouldBe(["a", "b", "c"]);

    [Theory]
    [InlineData("load-[1:5:2]", "load-1 load-3 load-5")]
    [InlineData("load-[a:c].lab", "load-a.lab load-b.lab load-c.lab")]
    [InlineData("r[1:2]-[08:10]", "r1-08 r1-09 r1-10 r2-08 r2-09 r2-10")]
    public void Ranges_are_expanded_as_Ansible_does(string pattern, string expected) =>
        string.Join(' ', InventoryFile.Read(pattern, "hosts", "all").Select(host => host.Name)).ShouldBe(expected);

    [Theory]
    [InlineData("hosts", "a\nb ansible_host\n", "hosts, line 2: 'ansible_host' is no variable; expected NAME=VALUE")]
    [InlineData("hosts", "[load:childs]\n",
        "hosts, line 1: '[load:childs]' is no section; expected [load], [load:children] or [load:vars]")]
    [InlineData("hosts", "[x:children]\n\nload\n", "hosts, line 3: there is no group 'load'; expected one of all, x")]
    [InlineData("hosts", "a ansible_port=ssh\n", "hosts, line 1: ansible_port of a is 'ssh'; expected a number from 1 to 65535")]
    [InlineData("hosts", "load[5:1]\n", "hosts, line 1: 'load[5:1]' is no range of hosts; expected one such as load[01:20]")]
    [InlineData("hosts", "a ansible_user=\"x\n", "hosts, line 1: got a quote that is not closed")]
    [InlineData("hosts", "a\nb ansible_host={{ lab }}.7\n", "hosts, line 2")]
    [InlineData("hosts", "$ANSIBLE_VAULT;1.1;AES256\n62\n", "encrypted by ansible-vault")]
    [InlineData("hosts.yml", "all:\n  hosts:\n    - a\n", "hosts.yml, line 3: expected hosts by name, each with a colon after it")]
    [InlineData("hosts.yml", "all:\n  host:\n    a:\n", "hosts.yml, line 2: 'host' in group all; expected hosts, children or vars")]
    [InlineData("hosts.yml", "- a\n", "hosts.yml, line 1: expected groups by name")]
    [InlineData("hosts.yml", "all:\n  hosts: {a: {ansible_host: '{{ x }}'}}\n", "hosts.yml, line 2: ansible_host of a is a template")]
    [InlineData("hosts.yml", "all:\n  hosts: [\n", "hosts.yml, line")]
    public void What_is_wrong_is_said_with_file_line_and_what_would_be_right(string file, string text, string expected)
    {
        var error = Should.Throw<LoadTestException>(() => InventoryFile.Read(text, file, "all"));

        error.Message.ShouldContain(expected);
        error.ExitCode.ShouldBe(ExitCodes.InvalidParameters);
    }

    [Fact]
    public void A_group_that_is_not_there_is_answered_with_those_that_are() =>
        Should.Throw<LoadTestException>(() => InventoryFile.Read("[load]\na\n", "hosts", "laod")).Message.ShouldContain(
            "--inventory-group: got 'laod', which hosts does not have; expected one of all, load");

    [Fact]
    public void Machines_have_one_place_each_and_are_counted()
    {
        InventoryFile.HostsOf(Written("a ansible_host=192.0.2.1\nb\n"), count: null, new SshParameters { Port = 2222 }, "/home/me")
            .Select(machine => (machine.Name, machine.Id, machine.ShortName))
                .ShouldBe([("a", "192.0.2.1:2222", "vm-01"), ("b", "b:2222", "vm-02")]);
        InventoryFile.HostsOf(Written("a ansible_ssh_private_key_file=~/key\nb\n"), count: 1, new SshParameters(), "/home/me")
            .Single().KeyFile.ShouldBe("/home/me/key");
        Wrong("a ansible_host=192.0.2.1\nb ansible_host=192.0.2.1\n", count: null).ShouldContain("a and b are one machine, 192.0.2.1:22");
        Wrong("a\nb\n", count: 3).ShouldContain("--instance-count: got '3'");
        Wrong("[load]\n", count: null).ShouldContain("has no hosts");
    }

    private string Wrong(string text, int? count) =>
        Should.Throw<LoadTestException>(() => InventoryFile.HostsOf(Written(text), count, new SshParameters(), "/home/me")).Message;

    private InventoryParameters Written(string text)
    {
        var path = Path.Combine(_folder.FullName, "hosts");
        File.WriteAllText(path, text);
        return new InventoryParameters(path, "all");
    }
}
