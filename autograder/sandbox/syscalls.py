"""Linux system calls that Python 3.11 does not offer. Each raises OSError like those that it does."""

from __future__ import annotations

import ctypes
import os
import struct

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x0002_0000, 0x0400_0000, 0x0800_0000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x1000_0000, 0x2000_0000, 0x4000_0000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT = 1, 2, 4, 8, 32
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18
MNT_DETACH = 2
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 1, 4, 38
_AT_FDCWD, _AT_RECURSIVE = -100, 0x8000
_MOUNT_ATTR_RDONLY, _MOUNT_ATTR_NOSUID, _MOUNT_ATTR_NODEV = 1, 2, 4
# The same numbers on every 64-bit architecture since Linux 5.
_SYS_MOUNT_SETATTR, _SYS_LANDLOCK_CREATE, _SYS_LANDLOCK_ADD, _SYS_LANDLOCK_RESTRICT = 442, 444, 445, 446
_SYS_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}

_libc = ctypes.CDLL(None, use_errno=True)


def _call(name: str, *arguments: object) -> int:
    result = int(getattr(_libc, name)(*arguments))
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else os.fsencode(text)


def unshare(flags: int) -> None:
    """Leave the namespaces named by CLONE_NEW… flags."""
    _call("unshare", ctypes.c_int(flags))


def mount(source: str | None, target: str, kind: str | None, flags: int = 0, data: str | None = None) -> None:
    """mount(2)."""
    _call("mount", _bytes(source), _bytes(target), _bytes(kind), ctypes.c_ulong(flags), _bytes(data))


def unmount(target: str) -> None:
    """Detach a mount and everything below it."""
    _call("umount2", _bytes(target), ctypes.c_int(MNT_DETACH))


def make_read_only(target: str) -> None:
    """Make a mount and all mounts below it read-only, without set-uid programs and devices (Linux 5.12)."""
    attributes = _MOUNT_ATTR_RDONLY | _MOUNT_ATTR_NOSUID | _MOUNT_ATTR_NODEV
    settings = struct.pack("QQQQ", attributes, 0, 0, 0)
    _call(
        "syscall",
        ctypes.c_long(_SYS_MOUNT_SETATTR),
        ctypes.c_int(_AT_FDCWD),
        _bytes(target),
        ctypes.c_uint(_AT_RECURSIVE),
        settings,
        ctypes.c_size_t(len(settings)),
    )


def pivot_root(new_root: str, old_root: str) -> None:
    """Make `new_root` the root and put the old one at `old_root`, a folder inside it."""
    number = _SYS_PIVOT_ROOT.get(os.uname().machine)
    if number is None:
        raise OSError(f"pivot_root: unknown machine {os.uname().machine}")
    _call("syscall", ctypes.c_long(number), _bytes(new_root), _bytes(old_root))


def prctl(option: int, value: int) -> None:
    """prctl(2) with one argument."""
    _call(
        "prctl",
        ctypes.c_int(option),
        ctypes.c_ulong(value),
        ctypes.c_ulong(0),
        ctypes.c_ulong(0),
        ctypes.c_ulong(0),
    )


def landlock_version() -> int:
    """The kernel's Landlock ABI version; raises OSError where there is none."""
    return _call("syscall", ctypes.c_long(_SYS_LANDLOCK_CREATE), None, ctypes.c_size_t(0), ctypes.c_uint(1))


def landlock_read_only(writable: list[str]) -> None:
    """From now on, write only below the folders in `writable` (needs no privilege beyond no_new_privs)."""
    write_access = 0b1_1111_1111_0010  # write and remove files, make any kind of entry
    ruleset = struct.pack("Q", write_access)
    descriptor = _call(
        "syscall",
        ctypes.c_long(_SYS_LANDLOCK_CREATE),
        ruleset,
        ctypes.c_size_t(len(ruleset)),
        ctypes.c_uint(0),
    )
    try:
        for folder in writable:
            parent = os.open(folder, os.O_PATH | os.O_CLOEXEC)
            try:
                rule = struct.pack("=Qi", write_access, parent)
                _call(
                    "syscall",
                    ctypes.c_long(_SYS_LANDLOCK_ADD),
                    ctypes.c_int(descriptor),
                    ctypes.c_int(1),
                    rule,
                    ctypes.c_uint(0),
                )
            finally:
                os.close(parent)
        _call("syscall", ctypes.c_long(_SYS_LANDLOCK_RESTRICT), ctypes.c_int(descriptor), ctypes.c_uint(0))
    finally:
        os.close(descriptor)


def drop_capabilities() -> None:
    """Give up every capability of this process, for good once no_new_privs is set."""
    header = struct.pack("Ii", 0x2008_0522, 0)
    _call("capset", header, bytes(24))
