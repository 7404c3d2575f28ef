"""The layers between a submission and everything else, and how a child puts itself behind them.

Each layer is a feature of the Linux kernel that may be missing (macOS, a strict container). `probe` tries
each in a throw-away child and says which hold; untrusted work is refused when too few do.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.sandbox import limits as limiting
from autograder.sandbox import syscalls
from autograder.sandbox.limits import Limits

FIRST_UID = 210_000  # far from people's and services' ids; one per child that runs at the same time
NEW_ROOT = "/sys"  # always there, never needed inside
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64")
SETTINGS = ("/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/mime.types", "/etc/alternatives")
DEVICES = ("null", "zero", "full", "random", "urandom")


@dataclass(frozen=True)
class Layer:
    """One layer: what it closes, and why it does not hold here (None when it does)."""

    name: str
    closes: str
    problem: str | None = None

    @property
    def holds(self) -> bool:
        return self.problem is None


@dataclass(frozen=True)
class Confinement:
    """How a child is confined.

    layers: names of the layers to use. readable: folders and files it may read, at their own places.
    concealed: folders of which nothing else may be seen, wherever they lie, say below /usr.
    hidden: modules in the readable folders in whose place the file `stand_in` lies.
    slot: number of the child among those that run at once; gives it a user id of its own.
    cores: processor cores it may run on; none means all.
    """

    layers: frozenset[str]
    readable: tuple[str, ...]
    concealed: tuple[str, ...]
    hidden: tuple[str, ...]
    stand_in: str
    slot: int
    cores: tuple[int, ...]
    limits: Limits


# Probing ---------------------------------------------------------------------------------------------------


def probe() -> list[Layer]:
    """Try every layer in a throw-away child."""
    return [Layer(name, closes, _problem_with(attempt)) for name, (closes, attempt) in LAYERS.items()]


def _problem_with(attempt: Callable[[], None]) -> str | None:
    """Run an attempt in a forked child; None when it went well, else why not."""
    if sys.platform != "linux":
        return f"needs Linux; this is {sys.platform}"
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            attempt()
            os._exit(0)
        except BaseException as error:
            os.write(writer, str(error).encode()[:500] or type(error).__name__.encode())
            os._exit(1)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read().decode(errors="replace")
    _, status = os.waitpid(child, 0)
    return None if status == 0 else said or f"ended with status {status}"


def _enter_user_namespace() -> None:
    """As an ordinary user: a user namespace of its own, in which the other namespaces may be made."""
    uid, gid = os.getuid(), os.getgid()
    if uid == 0:
        return
    syscalls.unshare(syscalls.CLONE_NEWUSER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")


def _try_mounts() -> None:
    _enter_user_namespace()
    syscalls.unshare(syscalls.CLONE_NEWNS)
    syscalls.mount(None, "/", None, syscalls.MS_REC | syscalls.MS_PRIVATE)
    syscalls.mount("tmpfs", NEW_ROOT, "tmpfs", syscalls.MS_NOSUID, "size=1m")
    os.mkdir(f"{NEW_ROOT}/usr")
    syscalls.mount("/usr", f"{NEW_ROOT}/usr", None, syscalls.MS_BIND | syscalls.MS_REC)
    syscalls.make_read_only(f"{NEW_ROOT}/usr")


def _try_processes() -> None:
    _enter_user_namespace()
    syscalls.unshare(syscalls.CLONE_NEWPID | syscalls.CLONE_NEWNS)
    child = os.fork()
    if child == 0:
        try:
            syscalls.mount(None, "/", None, syscalls.MS_REC | syscalls.MS_PRIVATE)
            syscalls.mount("tmpfs", NEW_ROOT, "tmpfs", 0, "size=1m")
            os.mkdir(f"{NEW_ROOT}/proc")
            syscalls.mount("proc", f"{NEW_ROOT}/proc", "proc")
            os._exit(0 if os.getpid() == 1 else 1)
        except OSError:
            os._exit(1)
    if os.waitpid(child, 0)[1]:
        raise OSError("a process list of its own cannot be mounted")


def _try_network() -> None:
    _enter_user_namespace()
    syscalls.unshare(syscalls.CLONE_NEWNET | syscalls.CLONE_NEWIPC | syscalls.CLONE_NEWUTS)


def _try_user() -> None:
    if os.getuid() != 0:
        raise OSError("only root can give each submission a user id of its own")
    os.setgroups([])
    os.setresgid(FIRST_UID, FIRST_UID, FIRST_UID)
    os.setresuid(FIRST_UID, FIRST_UID, FIRST_UID)


def _try_privileges() -> None:
    syscalls.drop_capabilities()
    syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1)


def _try_calls() -> None:
    syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1)
    _filter_calls()


def _try_landlock() -> None:
    syscalls.landlock_version()
    syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1)
    syscalls.landlock_read_only(["/tmp"])


LAYERS: dict[str, tuple[str, Callable[[], None]]] = {
    "files": ("other files: solutions, keys, gradebook, submissions, home", _try_mounts),
    "processes": ("other processes, and its own that outlive the run", _try_processes),
    "network": ("the network, shared memory and the host's name", _try_network),
    "user": ("the rights of the user who grades", _try_user),
    "privileges": ("set-uid programs and capabilities", _try_privileges),
    "calls": ("system calls that a notebook never needs", _try_calls),
    "limits": ("all memory, processor time, disk and processes", lambda: limiting.apply_limits(Limits())),
    "landlock": ("writing outside the work folder, once more", _try_landlock),
}
# Without these, untrusted work is refused. `user` needs root; `landlock` repeats what `files` does.
NEEDED = frozenset({"files", "processes", "network", "privileges", "calls", "limits"})


def missing(layers: list[Layer]) -> list[Layer]:
    """The needed layers that do not hold."""
    return [layer for layer in layers if layer.name in NEEDED and not layer.holds]


# Confining -------------------------------------------------------------------------------------------------


def confine(confinement: Confinement, run: Callable[[], None], report: int) -> None:
    """In a fresh child: put a grandchild behind all layers and let it `run`; never returns.

    The child waits, writes the grandchild's wait status to the descriptor `report`, and ends. It holds the
    namespaces' first process, so that when either dies, everything started inside dies too.
    """
    layers = confinement.layers
    syscalls.prctl(syscalls.PR_SET_PDEATHSIG, signal.SIGKILL)
    namespaces = 0
    if {"files", "processes", "network"} & layers:
        _enter_user_namespace()
    if "files" in layers:
        namespaces |= syscalls.CLONE_NEWNS
    if "processes" in layers:
        namespaces |= syscalls.CLONE_NEWPID
    if "network" in layers:
        namespaces |= syscalls.CLONE_NEWNET | syscalls.CLONE_NEWIPC | syscalls.CLONE_NEWUTS
    syscalls.unshare(namespaces)
    if confinement.cores:
        os.sched_setaffinity(0, confinement.cores)
    inner = os.fork()
    if inner:
        _keep(inner, report)
    try:
        os.setsid()  # so that a signal to its own group reaches neither the parent nor other children
        if "files" in layers:
            _enter_new_root(confinement)
        limiting.apply_limits(confinement.limits)
        if "user" in layers:
            uid = FIRST_UID + confinement.slot
            os.setgroups([])
            os.setresgid(uid, uid, uid)
            os.setresuid(uid, uid, uid)
        # After the change of user, which forgets it; the filter of calls forbids to take it back.
        syscalls.prctl(syscalls.PR_SET_PDEATHSIG, signal.SIGKILL)
        if "privileges" in layers:
            _try_privileges()
        if "landlock" in layers:
            syscalls.landlock_read_only(["/tmp", "/dev"])
        if "calls" in layers:
            _filter_calls()
    except BaseException as error:
        os.write(report, f"failed: {error}\n".encode()[:1000])
        os._exit(1)
    try:
        os.close(report)
        run()
    finally:
        os._exit(0)


def _keep(inner: int, report: int) -> None:
    """Report the pid of the process that runs the cells, then its end; end it when nobody listens."""
    os.write(report, f"{inner}\n".encode())
    waiting = select.poll()
    handle = os.pidfd_open(inner)
    waiting.register(handle, select.POLLIN)
    waiting.register(report, 0)  # tells only that the reader is gone
    if handle not in [descriptor for descriptor, _ in waiting.poll()]:
        os.kill(inner, signal.SIGKILL)
    _, status, used = os.wait4(inner, 0)
    with contextlib.suppress(BrokenPipeError):
        seconds = int(used.ru_utime + used.ru_stime + 0.5)
        os.write(report, f"{status} {used.ru_maxrss} {seconds}\n".encode())
    os._exit(0)


def _enter_new_root(confinement: Confinement) -> None:
    """A root of its own: the readable places, read-only; a small empty disk at /tmp; nothing else."""
    syscalls.mount(None, "/", None, syscalls.MS_REC | syscalls.MS_PRIVATE)
    syscalls.mount("tmpfs", NEW_ROOT, "tmpfs", syscalls.MS_NOSUID | syscalls.MS_NODEV, "size=1m,mode=755")
    inside = Path(NEW_ROOT)
    disk = f"size={confinement.limits.files},mode=1777,nr_inodes=20000"
    for folder in ("tmp", "dev/shm"):
        (inside / folder).mkdir(parents=True, exist_ok=True)
        syscalls.mount("tmpfs", str(inside / folder), "tmpfs", syscalls.MS_NOSUID | syscalls.MS_NODEV, disk)
    # After the disk, since the course itself may lie below /tmp.
    visible = (*SYSTEM, *SETTINGS, *confinement.readable)
    for place in visible:
        _show_read_only(place)
    for place in confinement.concealed:
        _conceal(place, visible)
    for place in confinement.hidden:
        _hide(place, confinement.stand_in)
    for device in DEVICES:
        (inside / "dev" / device).touch()
        syscalls.mount(f"/dev/{device}", str(inside / "dev" / device), None, syscalls.MS_BIND)
    (inside / "proc").mkdir()
    if "processes" in confinement.layers:
        syscalls.mount(
            "proc", str(inside / "proc"), "proc", syscalls.MS_NOSUID | syscalls.MS_NODEV | syscalls.MS_NOEXEC
        )
    (inside / "etc").mkdir(exist_ok=True)
    uid = FIRST_UID + confinement.slot if "user" in confinement.layers else os.getuid()
    (inside / "etc/passwd").write_text(f"student:x:{uid}:{uid}:student:/tmp:/bin/sh\n")
    (inside / "old").mkdir()
    os.chdir(NEW_ROOT)
    syscalls.pivot_root(".", "old")
    os.chdir("/tmp")
    syscalls.unmount("/old")
    os.rmdir("/old")
    syscalls.mount(
        None,
        "/",
        None,
        syscalls.MS_REMOUNT | syscalls.MS_BIND | syscalls.MS_RDONLY | syscalls.MS_NOSUID | syscalls.MS_NODEV,
    )


def _show_read_only(place: str) -> None:
    """Make a file or folder of the host visible at its own place in the new root, read-only."""
    target = NEW_ROOT + place
    if os.path.islink(place):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.symlink(os.readlink(place), target)
    elif os.path.isdir(place):
        os.makedirs(target, exist_ok=True)
    elif os.path.exists(place):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        Path(target).touch()
    else:
        return
    if not os.path.islink(place):
        syscalls.mount(place, target, None, syscalls.MS_BIND | syscalls.MS_REC)
        syscalls.make_read_only(target)


def _conceal(place: str, visible: tuple[str, ...]) -> None:
    """Empty a folder that lies inside a visible one, but for the visible places in it."""
    around = [each for each in visible if Path(place).is_relative_to(each)]
    if not around or place in around or not os.path.isdir(NEW_ROOT + place):
        return
    syscalls.mount(
        "tmpfs", NEW_ROOT + place, "tmpfs", syscalls.MS_NOSUID | syscalls.MS_NODEV, "size=1m,mode=755"
    )
    for each in visible:
        if Path(each).is_relative_to(place):
            _show_read_only(each)
    syscalls.make_read_only(NEW_ROOT + place)


def _hide(module: str, stand_in: str) -> None:
    """Put another file in the place of a Python module of the new root, and its compiled copies away."""
    target, compiled = NEW_ROOT + module, f"{NEW_ROOT}{os.path.dirname(module)}/__pycache__"
    if os.path.exists(module):
        syscalls.mount(
            stand_in, target, None, syscalls.MS_BIND
        )  # an error when the module is not where it was looked for
        syscalls.make_read_only(target)
    if os.path.isdir(compiled) and os.listdir(compiled):
        syscalls.mount(
            "tmpfs", compiled, "tmpfs", syscalls.MS_NOSUID | syscalls.MS_NODEV | syscalls.MS_RDONLY, "size=4k"
        )


FORBIDDEN_CALLS = (
    *(
        "unshare",
        "setns",
        "mount",
        "umount2",
        "pivot_root",
        "chroot",
        "mount_setattr",
        "move_mount",
        "fsopen",
    ),
    *("fsmount", "fsconfig", "open_tree", "ptrace", "process_vm_readv", "process_vm_writev", "pidfd_getfd"),
    *("keyctl", "add_key", "request_key", "bpf", "perf_event_open", "userfaultfd", "io_uring_setup"),
    *("io_uring_enter", "io_uring_register", "kexec_load", "init_module", "finit_module", "delete_module"),
    *("reboot", "swapon", "swapoff", "settimeofday", "clock_settime", "adjtimex", "clock_adjtime", "acct"),
    *("sched_setaffinity", "sched_setscheduler", "sched_setattr", "sched_setparam"),
    *("quotactl", "name_to_handle_at", "open_by_handle_at", "personality", "setdomainname", "sethostname"),
    # Memory that belongs to no process, where the limit on memory does not look; the log of the kernel.
    *("memfd_create", "memfd_secret", "shmget", "msgget", "semget", "syslog"),
    *("vmsplice", "splice", "tee"),  # and pages that a pipe holds on to
    *("sync", "syncfs"),  # makes everybody wait for the disk
)
# Commands of fcntl that let the owner of a file keep others waiting, or watch them: F_SETLEASE, F_NOTIFY;
# and F_SETPIPE_SZ: `memory.held` rests on sockets and pipes of the usual size.
FORBIDDEN_COMMANDS = (1024, 1026, 1031)
BUFFER_SIZES = (7, 8, 32, 33)  # of sockets: SO_SNDBUF, SO_RCVBUF, and both with force
CLONE_NEW_ANY = (
    syscalls.CLONE_NEWNS
    | syscalls.CLONE_NEWUTS
    | syscalls.CLONE_NEWIPC
    | syscalls.CLONE_NEWUSER
    | syscalls.CLONE_NEWPID
    | syscalls.CLONE_NEWNET
)


def load_libraries() -> None:
    """Find libseccomp now: behind the other layers it could not be found any more."""
    import pyseccomp

    pyseccomp.SyscallFilter(pyseccomp.ALLOW)


def _filter_calls() -> None:
    """Refuse system calls that no lesson needs: namespaces, mounts, tracing, keys, sockets but local ones."""
    import errno
    import socket

    import pyseccomp as seccomp

    def equals(place: int, value: int) -> Any:
        """The argument in that place is an int, of which the kernel looks at no more than 32 bits."""
        return seccomp.Arg(place, seccomp.MASKED_EQ, 0xFFFF_FFFF, value)

    refuse = seccomp.ERRNO(errno.EPERM)
    rules = seccomp.SyscallFilter(seccomp.ALLOW)
    for name in FORBIDDEN_CALLS:
        try:
            rules.add_rule(refuse, name)
        except (OSError, ValueError, RuntimeError):
            continue  # a call that this kernel's libseccomp does not know cannot be made by name either
    for flag in (1 << bit for bit in range(32) if CLONE_NEW_ANY >> bit & 1):
        rules.add_rule(refuse, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, flag, flag))
    # The flags of clone3 lie in memory, where a filter cannot look: libraries fall back on clone.
    rules.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")
    for command in FORBIDDEN_COMMANDS:
        rules.add_rule(refuse, "fcntl", equals(1, command))
    for name in ("socket", "socketpair"):
        rules.add_rule(refuse, name, seccomp.Arg(0, seccomp.NE, socket.AF_UNIX))
    for option in BUFFER_SIZES:
        rules.add_rule(refuse, "setsockopt", equals(1, socket.SOL_SOCKET), equals(2, option))
    # The second would hide a process from `memory.held`.
    for option in (syscalls.PR_SET_PDEATHSIG, syscalls.PR_SET_DUMPABLE):
        rules.add_rule(refuse, "prctl", equals(0, option))
    rules.load()
