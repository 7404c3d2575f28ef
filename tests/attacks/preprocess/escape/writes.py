"""Writes wherever another run or the grader might read."""
# expect: right

import os
import sys
from pathlib import Path

import numpy

PLACES = [
    "/usr/lib/mine",
    "/etc/passwd",
    "/proc/sys/kernel/core_pattern",
    "/proc/self/oom_score_adj/x",
    "/proc/sysrq-trigger",
    "/mine",
    "/dev/mine",
    sys.prefix + "/mine",
    sys.base_prefix + "/mine",
    numpy.__file__,
    "COURSE_ROOT/gradebook.db",
    "COURSE_ROOT/course_lib/checks/judge.py",
    "COURSE_ROOT/feedback/mine.html",
    "HOME_FOLDER/.bashrc",
]
for place in PLACES:
    try:
        Path(place).open("ab").write(b"mine")
        print("ESC" + "APED", place)
    except OSError:
        pass
for act in (
    lambda: os.chmod(numpy.__file__, 0o666),
    lambda: os.rename("/usr/bin", "/usr/mine"),
    lambda: os.link("/etc/passwd", "/tmp/passwd"),
    lambda: os.symlink("/etc/passwd", "/usr/mine"),
    lambda: os.mkfifo("/usr/mine"),
    lambda: os.utime(numpy.__file__),
):
    try:
        act()
        print("ESC" + "APED", act.__code__.co_names)
    except OSError:
        pass


def preprocess(images):
    return images[..., None].astype(np.float32) / 255
