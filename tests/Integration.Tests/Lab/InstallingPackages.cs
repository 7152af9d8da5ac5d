using LoadTesting.Lk;

namespace Tests.Lab;

/// <summary>Configure installs packages with the host's package manager, beside everything else.</summary>
public sealed class InstallingPackages : IAsyncDisposable
{
    private static readonly ILkInstaller Lk = new LkUpload(() => "#!/bin/sh\necho lk version 9.8.7\n"u8.ToArray());
    private readonly HostLab _lab = new();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Packages_that_are_missing_are_installed_beside_everything_else_without_a_question()
    {
        var host = await _lab.StartAsync();
        await PackageManagerAsync(host,
            "[ -e /root/updated ] && echo installed htop >>/root/has || { echo 'E: Unable to locate package htop'; exit 100; }");

        await _lab.ConfigureAsync(Lk, with: times => times with { Packages = ["sysstat", "htop"] });
        await _lab.ConfigureAsync(Lk, with: times => times with { Packages = ["sysstat", "htop"] });

        _lab.Log.Warnings.ShouldBeEmpty();
        _lab.Log.Said.ShouldBe(["1 host configured, 1 changed.", "1 host configured, nothing to change."]);
        (await host.InsideAsync("cat /root/asked"))
            .ShouldBe("noninteractive install htop\nnoninteractive update\nnoninteractive install htop\n");
    }

    [Theory]
    [InlineData("dnf", "yum.repos.d")]
    [InlineData("zypper", "zypp/repos.d")]
    public async Task Packages_come_by_the_manager_of_Red_Hat_and_of_SUSE_too(string manager, string repositories)
    {
        if (!File.Exists($"/usr/bin/{manager}") || !File.Exists("/usr/bin/rpmbuild") || !File.Exists("/usr/bin/createrepo_c"))
            Assert.Skip($"{manager} IS NOT TESTED: it, rpmbuild or createrepo_c is missing (Debian: apt-get install {manager} rpm "
                + "createrepo-c)");
        var host = await _lab.StartAsync();
        await host.InsideAsync($"""
            set -e
            cd /root
            mkdir -p /etc/rpm
            echo '%_dbpath /var/lib/rpm' >/etc/rpm/macros # Debian's rpm has it elsewhere
            printf 'Name: loadtest-htop\nVersion: 1\nRelease: 1\nSummary: a package\nLicense: MIT\nBuildArch: noarch\n%%description\n%%install\nmkdir -p %%{"{buildroot}"}/opt; echo it >%%{"{buildroot}"}/opt/htop\n%%files\n/opt/htop\n' >it.spec
            rpmbuild -bb --quiet --define '_topdir /root/build' it.spec
            createrepo_c -q build/RPMS
            mkdir -p /etc/{repositories}
            printf '[local]\nname=local\nbaseurl=file:///root/build/RPMS\ngpgcheck=0\nenabled=1\n' >/etc/{repositories}/local.repo
            for other in apt-get dnf zypper; do [[ $other == {manager} ]] || rm "/usr/bin/$other"; done
            """);

        await _lab.ConfigureAsync(Lk, with: times => times with { Packages = ["loadtest-htop"] });
        await _lab.ConfigureAsync(Lk, with: times => times with { Packages = ["loadtest-htop"] });

        _lab.Log.Warnings.ShouldBeEmpty();
        _lab.Log.Said.ShouldBe(["1 host configured, 1 changed.", "1 host configured, nothing to change."]);
        (await host.InsideAsync("cat /opt/htop; rpm -q loadtest-htop")).ShouldBe("it\nloadtest-htop-1-1.noarch\n");
    }

    [Fact]
    public async Task Packages_that_cannot_be_installed_or_take_too_long_are_a_warning()
    {
        var hosts = await _lab.StartAsync(2);
        await PackageManagerAsync(hosts[0], "echo 'E: Unable to locate package htop'; exit 100");
        await PackageManagerAsync(hosts[1], "exec sleep 1000");

        await _lab.ConfigureAsync(Lk,
            with: times => times with { Packages = ["sysstat", "htop"], PackagesTimeout = TimeSpan.FromSeconds(3) });

        _lab.Log.Warnings.Order(StringComparer.Ordinal).ShouldBe(
        [
            "lab-01: htop could not be installed: E: Unable to locate package htop",
            "lab-02: htop could not be installed: not done within 3 s; still in progress",
        ]);
    }

    /// <summary>A package manager that has sysstat, and what it says to an installation.</summary>
    private static Task PackageManagerAsync(LabHost host, string install) => host.InsideAsync($"""
        echo installed sysstat >/root/has
        printf '#!/bin/sh\ncat /root/has\n' >/usr/bin/dpkg-query
        cat >/usr/bin/apt-get <<'END'
        #!/bin/bash
        while [[ $1 == -* ]]; do [[ $1 != -o ]] || shift; shift; done
        [[ $1 != update && $1 != install ]] || echo "$DEBIAN_FRONTEND $*" >>/root/asked
        if [[ $1 == update ]]; then : >/root/updated; exit; fi
        {install}
        END
        chmod +x /usr/bin/dpkg-query /usr/bin/apt-get
        """);
}
