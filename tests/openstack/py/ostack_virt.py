"""Nova virt driver for tests: nova.virt.fake.FakeDriver, plus one real sshd for each server.

The sshd listens on port 22 of the server's first fixed address (a 127/8 address here), takes the key of the server's key pair only,
and its host key is in the console output the way cloud-init prints it. Whoever logs in is in a home directory of the server's own,
or, with OSTACK_HOST_TEMPLATE (a folder that is a host), in a copy of that folder: HOST_ROOT says where.

Environment: ROOT, OSTACK_BOOT_DELAY (seconds between ACTIVE and the first answer of sshd, default 1), OSTACK_HOST_TEMPLATE.
"""
import base64
import glob
import os
import pwd
import shutil
import signal
import subprocess

import eventlet
from nova.virt import fake

BASE = os.environ['ROOT'] + '/var/vms'
DELAY = float(os.environ.get('OSTACK_BOOT_DELAY', '1'))
TEMPLATE = os.environ.get('OSTACK_HOST_TEMPLATE')
USER = 'ubuntu'


def _dir(instance):
    return os.path.join(BASE, instance.uuid)


def _run(*words):
    return subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, start_new_session=True)


def _stop(d):
    """Ends sshd and whatever runs on the server: each of its processes carries its folder in its environment."""
    mark = ('OSTACK_VM_DIR=' + d).encode()
    for path in glob.glob('/proc/[0-9]*/environ'):
        try:
            with open(path, 'rb') as f:
                if mark in f.read().split(b'\0'):
                    os.kill(int(path.split('/')[2]), signal.SIGKILL)
        except OSError:
            pass
    try:
        with open(d + '/sshd.pid') as f:
            os.kill(int(f.read()), signal.SIGTERM)
        os.unlink(d + '/sshd.pid')
    except (OSError, ValueError):
        pass


def _start(d):
    # sshd puts itself in the background and writes its PID file
    if os.path.exists(d + '/sshd_config') and not os.path.exists(d + '/sshd.pid'):
        _run('/usr/sbin/sshd', '-f', d + '/sshd_config', '-E', d + '/sshd.log')


def _write(path, text, mode=0o644):
    with open(path, 'w') as f:
        f.write(text)
    os.chmod(path, mode)


def _copy_template(root):
    """What the template links to elsewhere is copied too: the servers' user may not be allowed there."""
    shutil.copytree(TEMPLATE, root, symlinks=True)
    for folder, folders, files in os.walk(root):
        for path in (os.path.join(folder, name) for name in folders + files):
            target = os.path.islink(path) and os.readlink(path)
            if target and os.path.isabs(target):
                os.unlink(path)
                (shutil.copytree if os.path.isdir(target) else shutil.copy2)(target, path)


def _make(d, instance, address):
    root = d + '/root'
    home = root + '/home/' + USER
    if TEMPLATE:
        _copy_template(root)
        _write(root + '/etc/rehearsal/index', instance.display_name.rsplit('-', 1)[-1].lstrip('0') + '\n')
    os.makedirs(home, exist_ok=True)
    user = pwd.getpwnam(USER)
    _run('chown', '-Rh', f'{user.pw_uid}:{user.pw_gid}', root)
    path = f'{root}/usr/local/bin:' if TEMPLATE else ''
    _write(d + '/enter', f'#!/bin/bash\nexport HOME={home} OSTACK_VM_DIR={d} PATH={path}/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin\n'
           + (f'export HOST_ROOT={root}\n' if TEMPLATE else '')
           + 'cd "$HOME" && exec bash ${SSH_ORIGINAL_COMMAND:+-c "$SSH_ORIGINAL_COMMAND"}\n', 0o755)
    _run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'root@' + instance.hostname, '-f', d + '/hostkey')
    _write(d + '/authorized_keys', (instance.key_data or '') + '\n')
    with open(d + '/user-data', 'wb') as f:
        f.write(base64.b64decode(instance.user_data or ''))
    _write(d + '/sshd_config', f'ListenAddress {address}:22\nHostKey {d}/hostkey\nPidFile {d}/sshd.pid\nAuthorizedKeysFile {d}/authorized_keys\n'
           'PasswordAuthentication no\nKbdInteractiveAuthentication no\nUsePAM no\nStrictModes no\nPermitRootLogin no\nMaxSessions 100\n'
           f'ForceCommand {d}/enter\n')


class SshdDriver(fake.FakeDriver):
    def spawn(self, context, instance, image_meta, injected_files, admin_password, allocations, network_info=None, *a, **kw):
        super().spawn(context, instance, image_meta, injected_files, admin_password, allocations, network_info, *a, **kw)
        if network_info:
            d = _dir(instance)
            os.makedirs(d, exist_ok=True)
            _make(d, instance, network_info[0].fixed_ips()[0]['address'])
            eventlet.spawn_after(DELAY, _start, d)

    def destroy(self, context, instance, *a, **kw):
        d = _dir(instance)
        _stop(d)
        shutil.rmtree(d, ignore_errors=True)
        super().destroy(context, instance, *a, **kw)

    def power_off(self, instance, *a, **kw):
        _stop(_dir(instance))
        super().power_off(instance, *a, **kw)

    def power_on(self, context, instance, *a, **kw):
        _start(_dir(instance))
        super().power_on(context, instance, *a, **kw)

    def get_console_output(self, context, instance):
        try:
            with open(_dir(instance) + '/hostkey.pub') as f:
                pub = f.read().strip()
        except OSError:
            return super().get_console_output(context, instance)
        fingerprint = _run('ssh-keygen', '-l', '-f', _dir(instance) + '/hostkey.pub').stdout.strip()
        return ('[    0.000000] Linux version (fake)\nCloud-init v. 24.1 running\n'
                f'<14>cloud-init: -----BEGIN SSH HOST KEY FINGERPRINTS-----\n<14>cloud-init: {fingerprint}\n<14>cloud-init: -----END SSH HOST KEY FINGERPRINTS-----\n'
                f'-----BEGIN SSH HOST KEY KEYS-----\n{pub}\n-----END SSH HOST KEY KEYS-----\n\n{instance.hostname} login: ')
